import { createHash } from 'node:crypto';
import { TaskDefinition as v2 } from '../gen/runtime/task/v2/shim.js';
import { TaskDefinition as v3, type StateResponse } from '../gen/runtime/task/v3/shim.js';
import type { Any } from '../gen/google/protobuf/any.js';
import type { CallOptions, Method } from './call.js';
import { ContainerdError } from './errors.js';
import type { TaskStdio } from './tasks.js';
import { TtrpcConnection } from './ttrpc.js';

/** What a shim knows of one of its processes. */
export type ShimState = StateResponse;

/** Which version of the shims' API to speak: 2 before containerd 2.0, 3 since. */
export type ShimApiVersion = 2 | 3;

/** The container whose shim is meant: the daemon's own address belongs to the socket's name. */
export interface ShimRef {
  readonly address: string;
  readonly namespace: string;
  readonly id: string;
}

/** Where a shim listens, in the order to try: a socket file, or before 1.4 an abstract one (`\0` in front). */
export function shimSockets({ address, namespace, id }: ShimRef): readonly string[] {
  const name = createHash('sha256').update(`${address}/${namespace}/${id}`).digest('hex');
  return [`/run/containerd/s/${name}`, `\0/containerd-shim/${namespace}/${id}/shim.sock`];
}

/** Where a shim that debugs listens: `/debug` belongs to the socket's name. */
export function shimDebugSocket({ address, namespace, id }: ShimRef): string {
  const name = createHash('sha256').update(`${address}/${namespace}/${id}/debug`).digest('hex');
  return `/run/containerd/s/${name}`;
}

/** A process of a shim: `execId` empty for the task itself. */
export interface ShimProcess {
  readonly id: string;
  readonly execId: string;
}

/** containerd.task.v2.Task and v3, spoken to a shim directly over ttrpc: also when its daemon is gone. */
export class Shim {
  private readonly service: typeof v3;

  private constructor(
    private readonly connection: TtrpcConnection,
    version: ShimApiVersion,
  ) {
    // The messages are the same in both; only the name differs.
    this.service = version === 3 ? v3 : (v2 as unknown as typeof v3);
  }

  /** Connects to the first of `sockets` that somebody listens on. @throws ContainerdError 'unavailable'. */
  static async connect(
    sockets: readonly string[],
    namespace: string,
    version: ShimApiVersion,
  ): Promise<Shim> {
    let cause: unknown;
    for (const path of sockets) {
      try {
        return new Shim(await TtrpcConnection.open(path, namespace), version);
      } catch (error) {
        cause = error;
      }
    }
    throw new ContainerdError('unavailable', 'no shim listens', { cause });
  }

  /** Task.State. */
  state(process: ShimProcess, options?: CallOptions): Promise<ShimState> {
    return this.call('state', process, options);
  }

  /** Task.Start; gives the pid. */
  async start(process: ShimProcess, options?: CallOptions): Promise<number> {
    return (await this.call('start', process, options)).pid;
  }

  /** Task.Exec: adds a process; {@link start} starts it. */
  async exec(process: ShimProcess, stdio: TaskStdio, spec: Any, options?: CallOptions): Promise<void> {
    await this.call('exec', { ...process, ...stdio, spec }, options);
  }

  /** Task.ResizePty, in columns and rows. */
  async resize(
    process: ShimProcess,
    size: { readonly width: number; readonly height: number },
    options?: CallOptions,
  ): Promise<void> {
    await this.call('resizePty', { ...process, width: size.width, height: size.height }, options);
  }

  /** Task.Kill. */
  async kill(process: ShimProcess, signal: number, all: boolean, options?: CallOptions): Promise<void> {
    await this.call('kill', { ...process, signal, all }, options);
  }

  /** Task.CloseIO: no more input. */
  async closeIO(process: ShimProcess, options?: CallOptions): Promise<void> {
    await this.call('closeIO', { ...process, stdin: true }, options);
  }

  /** Task.Wait: resolves with the exit status when the process has ended. */
  async wait(process: ShimProcess, options?: CallOptions): Promise<number> {
    return (await this.call('wait', process, options)).exitStatus;
  }

  /** Task.Delete of a process that has ended; gives its exit status. */
  async delete(process: ShimProcess, options?: CallOptions): Promise<number> {
    return (await this.call('delete', process, options)).exitStatus;
  }

  /** Task.Shutdown: the shim ends, with `now` also while it has processes. */
  async shutdown(id: string, now: boolean, options?: CallOptions): Promise<void> {
    await this.call('shutdown', { id, now }, options);
  }

  /** Ends the connection. */
  close(): void {
    this.connection.close();
  }

  private call<Name extends keyof (typeof v3)['methods']>(
    name: Name,
    request: RequestOf<Name>,
    options?: CallOptions,
  ): Promise<ResponseOf<Name>> {
    const method = this.service.methods[name] as unknown as Method<RequestOf<Name>, ResponseOf<Name>>;
    return this.connection.unary(this.service.fullName, method, request, options);
  }
}

type RequestOf<Name extends keyof (typeof v3)['methods']> = ReturnType<
  (typeof v3)['methods'][Name]['requestType']['decode']
>;
type ResponseOf<Name extends keyof (typeof v3)['methods']> = ReturnType<
  (typeof v3)['methods'][Name]['responseType']['decode']
>;

import {
  TasksDefinition as service,
  type CreateTaskRequest,
  type DeleteResponse,
  type ExecProcessRequest,
  type WaitResponse,
} from '../gen/services/tasks/v1/tasks.js';
import type { Timestamp } from '../gen/google/protobuf/timestamp.js';
import type { Any } from '../gen/google/protobuf/any.js';
import type { Metric } from '../gen/types/metrics.js';
import type { Mount } from '../gen/types/mount.js';
import { Status as TaskStatus, type Process, type ProcessInfo } from '../gen/types/task/task.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { CallOptions, Caller } from './call.js';
import { fromWire, toWire } from './descriptor.js';
import { ContainerdError } from './errors.js';

export { TaskStatus };
export type { Metric, Process, ProcessInfo };

/** Where a process's streams go: paths of FIFOs, log URIs, or nothing. */
export interface TaskStdio {
  readonly stdin: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminal: boolean;
}

/** A process of a container: the init process, or an exec. */
export interface ProcessRef {
  readonly containerId: string;
  readonly execId?: string;
}

/** How a process ended. */
export interface ExitStatus {
  readonly exitStatus: number;
  readonly exitedAt: Timestamp | undefined;
}

/** containerd.services.tasks.v1.Tasks. */
export class Tasks {
  constructor(private readonly caller: Caller) {}

  /** Tasks.Create: starts a shim and the runtime's `create`; gives the init process's pid. @throws ContainerdError. */
  async create(
    containerId: string,
    task: {
      readonly rootfs: readonly Mount[];
      readonly stdio: TaskStdio;
      readonly options?: Any;
      /** What to restore the process from. */
      readonly checkpoint?: Descriptor;
    },
    options?: CallOptions,
  ): Promise<number> {
    const request: CreateTaskRequest = {
      containerId,
      rootfs: task.rootfs,
      ...task.stdio,
      checkpoint: task.checkpoint && toWire(task.checkpoint),
      options: task.options,
      runtimePath: '',
      taskApiAddress: '',
      taskApiVersion: 0,
    };
    return (await this.caller.unary(service, service.methods.create, request, options)).pid;
  }

  /** Tasks.Start of a created task or an added exec; gives its pid. */
  async start(process: ProcessRef, options?: CallOptions): Promise<number> {
    return (await this.caller.unary(service, service.methods.start, ref(process), options)).pid;
  }

  /** Tasks.Exec: adds a process to a running task; {@link start} starts it. @throws ContainerdError 'already exists'. */
  async exec(
    containerId: string,
    execId: string,
    stdio: TaskStdio,
    spec: Any,
    options?: CallOptions,
  ): Promise<void> {
    const request: ExecProcessRequest = { containerId, execId, ...stdio, spec };
    await this.caller.unary(service, service.methods.exec, request, options);
  }

  /** Tasks.Get. @throws ContainerdError 'not found'. */
  async get(process: ProcessRef, options?: CallOptions): Promise<Process> {
    const answer = await this.caller.unary(service, service.methods.get, ref(process), options);
    if (!answer.process) throw new ContainerdError('internal', 'containerd answered without the process');
    return answer.process;
  }

  /** Tasks.List. */
  async list(options?: CallOptions): Promise<readonly Process[]> {
    return (await this.caller.unary(service, service.methods.list, { filter: '' }, options)).tasks;
  }

  /** Tasks.Wait: resolves when the process has ended, at once if it already has. */
  async wait(process: ProcessRef, options?: CallOptions): Promise<ExitStatus> {
    const answer: WaitResponse = await this.caller.unary(
      service,
      service.methods.wait,
      ref(process),
      options,
    );
    return answer;
  }

  /** Tasks.Kill: sends a signal to one process, or to all of the container. @throws ContainerdError 'not found'. */
  async kill(
    process: ProcessRef,
    signal: number,
    options: CallOptions & { readonly all?: boolean } = {},
  ): Promise<void> {
    const request = { ...ref(process), signal, all: options.all ?? false };
    await this.caller.unary(service, service.methods.kill, request, options);
  }

  /** Tasks.Delete of a stopped task; gives its exit status. @throws ContainerdError 'failed precondition' while it runs. */
  async delete(containerId: string, options?: CallOptions): Promise<DeleteResponse> {
    return this.caller.unary(service, service.methods.delete, { containerId }, options);
  }

  /** Tasks.DeleteProcess of an ended exec; gives its exit status. */
  async deleteProcess(containerId: string, execId: string, options?: CallOptions): Promise<DeleteResponse> {
    return this.caller.unary(service, service.methods.deleteProcess, { containerId, execId }, options);
  }

  /** Tasks.CloseIO: the process reads end-of-file from its stdin. */
  async closeIO(process: ProcessRef, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.closeIO, { ...ref(process), stdin: true }, options);
  }

  /** Tasks.ResizePty, in columns and rows. */
  async resize(
    process: ProcessRef,
    size: { readonly width: number; readonly height: number },
    options?: CallOptions,
  ): Promise<void> {
    const request = { ...ref(process), width: size.width, height: size.height };
    await this.caller.unary(service, service.methods.resizePty, request, options);
  }

  /** Tasks.Pause. */
  async pause(containerId: string, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.pause, { containerId }, options);
  }

  /** Tasks.Resume. */
  async resume(containerId: string, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.resume, { containerId }, options);
  }

  /** Tasks.Checkpoint of a task by criu, in the daemon; gives the blobs that it made, none with an image path. */
  async checkpoint(
    containerId: string,
    settings: Any,
    options?: CallOptions,
  ): Promise<readonly Descriptor[]> {
    const request = { containerId, parentCheckpoint: '', options: settings };
    const answer = await this.caller.unary(service, service.methods.checkpoint, request, options);
    return answer.descriptors.map(fromWire);
  }

  /** Tasks.ListPids: the processes of the container, with what the runtime says of each. */
  async pids(containerId: string, options?: CallOptions): Promise<readonly ProcessInfo[]> {
    return (await this.caller.unary(service, service.methods.listPids, { containerId }, options)).processes;
  }

  /** Tasks.Metrics; filters are joined by OR, none means every task. */
  async metrics(filters: readonly string[], options?: CallOptions): Promise<readonly Metric[]> {
    return (await this.caller.unary(service, service.methods.metrics, { filters }, options)).metrics;
  }
}

function ref(process: ProcessRef): { containerId: string; execId: string } {
  return { containerId: process.containerId, execId: process.execId ?? '' };
}

import type { Timestamp } from '../../../src/gen/google/protobuf/timestamp.js';
import { Status, type Process as WireProcess } from '../../../src/gen/types/task/task.js';
import { FakeStreams, type Stdio } from './streams.js';
import { failedPrecondition, notFound, unknown } from './refusal.js';

/** How a process behaves; without a word of it, it runs until a signal ends it. */
export interface Script {
  /** What it writes when it starts. */
  readonly stdout?: string | Uint8Array;
  readonly stderr?: string | Uint8Array;
  /** Copies its stdin to stdout, and ends with it. */
  readonly echo?: boolean;
  /** It ends by itself, with this status. */
  readonly exit?: number;
  /** Signals that do not end it. */
  readonly ignores?: readonly number[];
  /** The runtime cannot start it. */
  readonly startError?: string;
}

interface ProcessOptions {
  /** The container's id, or the exec's. */
  readonly id: string;
  readonly stdio: Stdio;
  readonly pid: number;
  readonly script: Script;
  readonly clock: () => Timestamp;
}

const zeroTime: Timestamp = { seconds: -62135596800n, nanos: 0 };

/** A process without a process: the states that containerd's shim takes it through. */
export class Process {
  readonly id: string;
  readonly execs = new Map<string, Process>();
  status = Status.CREATED;
  private exitStatus = 0;
  private exitedAt = zeroTime;
  private readonly streams: FakeStreams;
  private readonly exit = Promise.withResolvers<void>();

  constructor(private readonly options: ProcessOptions) {
    this.id = options.id;
    this.streams = new FakeStreams(options.stdio);
  }

  /** A process that has not started has none. */
  get pid(): number {
    return this.options.pid;
  }

  start(): number {
    const { script, pid } = this.options;
    if (this.status !== Status.CREATED) throw unknown(`cannot start a ${this.state} process`);
    if (script.startError !== undefined) throw unknown(script.startError);
    this.status = Status.RUNNING;
    this.streams.open();
    if (script.stdout !== undefined) this.streams.write('stdout', script.stdout);
    if (script.stderr !== undefined) this.streams.write('stderr', script.stderr);
    if (script.echo) this.streams.echo(() => this.end(script.exit ?? 0));
    else if (script.exit !== undefined) this.end(script.exit);
    return pid;
  }

  /** Delivers a signal. */
  kill(signal: number): void {
    if (this.status === Status.STOPPED) throw notFound('process already finished: not found');
    if (this.status === Status.CREATED && this.options.pid === 0) throw failedPrecondition('process not created: failed precondition');
    if (signal !== 0 && !this.options.script.ignores?.includes(signal)) this.end(128 + signal);
  }

  /** Ends it, as it would itself. */
  end(exitStatus: number): void {
    if (this.status === Status.STOPPED) return;
    this.status = Status.STOPPED;
    this.exitStatus = exitStatus;
    this.exitedAt = this.options.clock();
    this.streams.close();
    for (const exec of this.execs.values()) exec.end(137);
    this.exit.resolve();
  }

  pause(): void {
    if (this.status === Status.CREATED) throw unknown('cannot pause task in created state');
    if (this.status !== Status.RUNNING) throw unknown(`cannot pause a ${this.state} container`);
    this.status = Status.PAUSED;
  }

  resume(): void {
    if (this.status === Status.STOPPED) throw unknown('cannot resume a stopped container');
    if (this.status !== Status.PAUSED) throw unknown(`cannot resume a ${this.state} process`);
    this.status = Status.RUNNING;
  }

  async wait(): Promise<{ exitStatus: number; exitedAt: Timestamp }> {
    await this.exit.promise;
    return { exitStatus: this.exitStatus, exitedAt: this.exitedAt };
  }

  /** It reads end-of-file from its stdin. */
  closeStdin(): void {
    this.streams.closeStdin();
  }

  /** Lets go of streams that were never opened by a start. */
  dispose(): void {
    this.streams.close();
  }

  /** The shim's word for its status. */
  get state(): string {
    return Status[this.status]?.toLowerCase() ?? 'unknown';
  }

  /** As Tasks.Get gives it. */
  wire(): WireProcess {
    const { id, stdio, pid } = this.options;
    const { status, exitStatus, exitedAt } = this;
    return { containerId: '', id, pid, status, ...stdio, exitStatus, exitedAt };
  }

  /** As Tasks.Delete gives it. */
  deleted(id = this.id) {
    return { id, pid: this.options.pid, exitStatus: this.exitStatus, exitedAt: this.exitedAt };
  }
}

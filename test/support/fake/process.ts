import type { Timestamp } from '../../../src/gen/google/protobuf/timestamp.js';
import { Status, type Process as WireProcess } from '../../../src/gen/types/task/task.js';
import { failedPrecondition, notFound, unknown } from './refusal.js';
import { FakeStreams, type Stdio } from './streams.js';

/** How a process behaves; without a word of it, it runs until a signal ends it. */
export interface Script {
  /** What it writes when it starts. */
  readonly stdout?: string | Uint8Array;
  readonly stderr?: string | Uint8Array;
  /** Copies its stdin to its stdout, and ends with it. */
  readonly echo?: boolean;
  /** It ends by itself, with this status. */
  readonly exit?: number;
  /** Signals that do not end it. */
  readonly ignores?: readonly number[];
  /** The runtime cannot start it, and says this. */
  readonly startError?: string;
}

interface ProcessOptions {
  /** The container's id, or the exec's. */
  readonly id: string;
  readonly isExec: boolean;
  readonly stdio: Stdio;
  readonly pid: number;
  readonly script: Script;
  readonly clock: () => Timestamp;
}

/** How a process has ended. */
export interface Exit {
  readonly exitStatus: number;
  readonly exitedAt: Timestamp;
}

const alive: Exit = { exitStatus: 0, exitedAt: { seconds: -62135596800n, nanos: 0 } };

/** A process without a process: the states that containerd's shim takes it through. */
export class Process {
  readonly execs = new Map<string, Process>();
  status = Status.CREATED;
  private exit = alive;
  private readonly waiting: ((exit: Exit) => void)[] = [];
  private readonly streams: FakeStreams;

  constructor(private readonly options: ProcessOptions) {
    this.streams = new FakeStreams(options.stdio);
  }

  /** The shim's word for its status. */
  get state(): string {
    return Status[this.status].toLowerCase();
  }

  /** An exec has a pid only once it is started. */
  get pid(): number {
    return this.options.isExec && this.status === Status.CREATED ? 0 : this.options.pid;
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
    if (this.pid === 0) throw failedPrecondition('process not created: failed precondition');
    if (signal !== 0 && !this.options.script.ignores?.includes(signal)) this.end(128 + signal);
  }

  /** Ends it, as it would by itself. */
  end(exitStatus: number): void {
    if (this.status === Status.STOPPED) return;
    this.status = Status.STOPPED;
    this.exit = { exitStatus, exitedAt: this.options.clock() };
    this.streams.close();
    for (const exec of this.execs.values()) exec.end(137);
    for (const resolve of this.waiting.splice(0)) resolve(this.exit);
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

  wait(): Promise<Exit> {
    if (this.status === Status.STOPPED) return Promise.resolve(this.exit);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** As Tasks.Get gives it. */
  wire(): WireProcess {
    const { id, stdio } = this.options;
    return { containerId: '', id, pid: this.pid, status: this.status, ...stdio, ...this.exit };
  }

  /** How it ended, for Tasks.Delete. @throws Refusal while it runs. */
  delete(): Exit & { readonly pid: number } {
    if (this.status !== Status.STOPPED && this.status !== Status.CREATED)
      throw unknown(`cannot delete a ${this.state} process`);
    this.streams.close();
    return { pid: this.pid, ...this.exit };
  }
}

import { createFifos, type Fifos, type TaskStdio } from './fifos.js';
import { parseLogUri } from './log-uri.js';
import {
  drainPumps,
  holdOutputs,
  noPumps,
  startPumps,
  type TaskOutput,
  type TaskPumps,
  type TaskStreams,
} from './task-pumps.js';

/** The process whose FIFOs a {@link TaskIo} makes. */
export interface TaskIoTarget {
  /** Where the FIFO directory is made; ctr's `--fifo-dir`. */
  readonly fifoRoot?: string;
  /** The container's id, or the exec's. */
  readonly id: string;
  readonly terminal: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The streams of one task or exec, from before Tasks.Create to after Tasks.Delete:
 * make it, Tasks.Create with `config`, Tasks.Start, `started`, the task's end, `drain`, Tasks.Delete, `dispose`.
 */
export class TaskIo {
  private constructor(
    /** What Tasks.Create or Tasks.Exec is given. */
    readonly config: TaskStdio,
    private readonly pumps: TaskPumps = noPumps,
    private readonly fifos?: Fifos,
  ) {}

  /**
   * Creates the FIFOs and starts to read the outputs, so that nothing can come too early.
   * @throws KindError as createFifos does.
   */
  static async create(options: TaskIoTarget & TaskStreams): Promise<TaskIo> {
    const fifos = await createTargetFifos(options, options.stdin !== undefined);
    try {
      return new TaskIo(fifos.stdio, startPumps(fifos.stdio, options), fifos);
    } catch (error) {
      fifos.remove();
      throw error;
    }
  }

  /**
   * Joins the FIFOs of a running task (Tasks.Get), which stay when this is disposed.
   * @throws KindError 'failed precondition' if an output is no FIFO, 'not found' if it has gone.
   */
  static attach({ stdio, ...streams }: TaskStreams & { readonly stdio: TaskStdio }): TaskIo {
    return new TaskIo(stdio, startPumps(stdio, streams));
  }

  /**
   * FIFOs that this process does not read (`ctr run --detach`). Call `handOver` once the task has been started.
   * The task blocks as soon as it has filled a FIFO that nobody reads (64 KiB).
   */
  static async detached(target: TaskIoTarget): Promise<TaskIo> {
    const fifos = await createTargetFifos(target, true);
    return new TaskIo(fifos.stdio, holdOutputs(fifos.stdio), fifos);
  }

  /** No streams at all (`--null-io`). */
  static nullIo(): TaskIo {
    return new TaskIo({ stdin: '', stdout: '', stderr: '', terminal: false });
  }

  /**
   * Both outputs into a log (`--log-uri`), no stdin.
   * @throws KindError 'invalid argument'.
   */
  static logUri(text: string): TaskIo {
    const uri = parseLogUri(text);
    return new TaskIo({ stdin: '', stdout: uri, stderr: uri, terminal: false });
  }

  /** What came of the output, once it has ended or was disposed of; never rejects. */
  get outputDone(): Promise<TaskOutput> {
    return this.pumps.outputDone;
  }

  /** Says that the process runs, so that the end of our stdin may be passed on, by `closeIO` (Tasks.CloseIO). */
  started(closeIO?: () => Promise<void>): void {
    this.pumps.input?.started(closeIO);
  }

  /** Leaves the FIFOs to the task: `dispose` will not remove them, nor will a later reaper. */
  handOver(): void {
    this.fifos?.handOver();
  }

  /**
   * Ends stdin and waits until the outputs have ended: for between the task's end and Tasks.Delete.
   * A process that the task left behind may hold its outputs open; with `quietMs`, 'quiet' is returned when nothing has
   * come for that many milliseconds. Copying goes on then, until `dispose`.
   * @throws the signal's reason.
   */
  async drain(
    options: { readonly signal?: AbortSignal; readonly quietMs?: number } = {},
  ): Promise<'eof' | 'quiet'> {
    this.pumps.input?.cancel();
    return drainPumps(this.pumps, options);
  }

  /** Stops everything at once and removes the FIFOs if they are ours. Idempotent, and fit for an exit handler. */
  dispose(): void {
    this.pumps.cancel();
    this.fifos?.remove();
  }
}

function createTargetFifos({ fifoRoot, id, terminal, signal }: TaskIoTarget, stdin: boolean): Promise<Fifos> {
  const root = fifoRoot !== undefined && { root: fifoRoot };
  return createFifos({ id, terminal, stdin, ...root, ...(signal && { signal }) });
}

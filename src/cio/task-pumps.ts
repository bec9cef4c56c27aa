import { closeSync } from 'node:fs';
import { openFifoReader } from './fifo-open.js';
import type { TaskStdio } from './fifos.js';
import { pumpInput, type InputPump } from './input-pump.js';
import type { InputSource } from './input-source.js';
import { pumpOutput, type CopyResult, type OutputPump } from './output-pump.js';
import { inheritedFdSink, type OutputTarget } from './output-sink.js';

/** Where a task's streams go to and come from. */
export interface TaskStreams {
  /** Absent: the process gets no stdin. */
  readonly stdin?: InputSource;
  readonly stdout: OutputTarget;
  /** Not used with a terminal. Absent: read and dropped. */
  readonly stderr?: OutputTarget;
  /** Called at once with the first failure to write of each stream; the process is still read from then on. */
  readonly onWriteError?: (error: NodeJS.ErrnoException, stream: 'stdout' | 'stderr') => void;
}

/** What came of copying a task's output. A stream that the task does not have counts as read to its end. */
export interface TaskOutput {
  readonly stdout: CopyResult;
  readonly stderr: CopyResult;
}

/** The running copies between a task's FIFOs and our own streams. */
export interface TaskPumps {
  readonly input: InputPump | undefined;
  readonly outputs: readonly OutputPump[];
  /** Resolves when both outputs have ended; never rejects. */
  readonly outputDone: Promise<TaskOutput>;
  /** Stops all of them at once. Idempotent. */
  readonly cancel: () => void;
}

const noOutput: CopyResult = { bytes: 0, eof: true };

/** For a task whose streams this process does not copy. */
export const noPumps: TaskPumps = {
  input: undefined,
  outputs: [],
  outputDone: Promise.resolve({ stdout: noOutput, stderr: noOutput }),
  cancel: () => {},
};

/** Holds the reading ends and reads nothing: a shim that opens the writing ends waits until somebody does. */
export function holdOutputs({ stdout, stderr }: TaskStdio): TaskPumps {
  const fds = [stdout, stderr].filter((path) => path !== '').map(openFifoReader);
  const cancel = () => {
    for (const fd of fds.splice(0)) closeSync(fd);
  };
  return { ...noPumps, cancel };
}

/**
 * Opens a task's FIFOs and starts to copy.
 * @throws KindError as openFifoReader does; nothing stays open then.
 */
export function startPumps(stdio: TaskStdio, streams: TaskStreams): TaskPumps {
  const stops: (() => void)[] = [];
  const cancel = () => {
    for (const stop of stops) stop();
  };
  const output = (stream: 'stdout' | 'stderr'): OutputPump | undefined => {
    if (stdio[stream] === '') return undefined;
    const fd = openFifoReader(stdio[stream]);
    const { sink, close } = openTarget(streams[stream]);
    const { onWriteError } = streams;
    const pump = pumpOutput({
      fd,
      sink,
      ...(onWriteError && { onWriteError: (error: NodeJS.ErrnoException) => onWriteError(error, stream) }),
    });
    stops.push(pump.cancel, close);
    return pump;
  };
  try {
    const [stdout, stderr] = [output('stdout'), output('stderr')];
    const wantsInput = stdio.stdin !== '' && streams.stdin !== undefined;
    const input = wantsInput ? pumpInput({ fifo: stdio.stdin, source: streams.stdin }) : undefined;
    if (input) stops.push(input.cancel);
    const outputs = [stdout, stderr].filter((pump) => pump !== undefined);
    return { input, outputs, outputDone: joinOutputs(stdout, stderr), cancel };
  } catch (error) {
    cancel();
    throw error;
  }
}

/**
 * Waits for the end of the outputs; with `quietMs`, not longer than while anything still comes or is being written.
 * @throws the signal's reason.
 */
export async function drainPumps(
  { outputs, outputDone }: TaskPumps,
  { quietMs, signal }: { readonly quietMs?: number; readonly signal?: AbortSignal },
): Promise<'eof' | 'quiet'> {
  signal?.throwIfAborted();
  const progress = () => outputs.reduce((sum, { bytes }) => sum + bytes, 0);
  return new Promise((resolve, reject) => {
    let seen = progress();
    const look = () => {
      const now = progress();
      if (now === seen && !outputs.some(({ writing }) => writing)) settle(() => resolve('quiet'));
      seen = now;
    };
    const timer = quietMs === undefined ? undefined : setInterval(look, quietMs);
    const abort = () => settle(() => reject(signal?.reason as Error));
    const settle = (finish: () => void) => {
      clearInterval(timer);
      signal?.removeEventListener('abort', abort);
      finish();
    };
    signal?.addEventListener('abort', abort);
    void outputDone.then(() => settle(() => resolve('eof')));
  });
}

function openTarget(target: OutputTarget | undefined) {
  if (typeof target === 'number') {
    const sink = inheritedFdSink(target);
    return { sink, close: () => sink.close() };
  }
  return { sink: target ?? { write: () => {} }, close: () => {} };
}

async function joinOutputs(stdout?: OutputPump, stderr?: OutputPump): Promise<TaskOutput> {
  const [out, err] = await Promise.all([stdout?.done, stderr?.done]);
  return { stdout: out ?? noOutput, stderr: err ?? noOutput };
}

import type { Console } from '../cio/console.js';
import { BrokenPipeError } from '../cio/broken-pipe.js';
import { forwardSignals } from '../cio/signals.js';
import type { TaskIo } from '../cio/task-io.js';
import type { Client } from '../client/client.js';
import { TaskStatus, type ProcessRef } from '../client/tasks.js';
import { KindError, hasKind } from '../oci/errors.js';
import { waitExit } from './wait-exit.js';

/** Our side of a process in the foreground. */
export interface Stage {
  readonly stdin: number;
  readonly stdout: number;
  readonly stderr: number;
  /** Ends everything. */
  readonly signal: AbortSignal;
  /** Signals are ours to forward until the result is called. */
  readonly takeOverSignals: () => () => void;
  /** The user insists on an end: the third Ctrl-C. */
  readonly interrupt: (signal: 'SIGINT' | 'SIGTERM') => void;
  readonly warn: (message: string, error: unknown) => void;
}

/** A started process, and what it takes to stay with it. */
export interface ForegroundOptions {
  readonly client: Client;
  readonly process: ProcessRef;
  readonly io: TaskIo;
  /** Resolves with the exit status; begun before the start, so that no end is missed. */
  readonly ended: Promise<number>;
  /** The terminal in raw mode, for a process with one. */
  readonly console: Console | undefined;
  readonly stage: Stage;
}

/** Milliseconds without output after which a stream that a left-behind process holds open is given up. */
const quiet = 2_000;

/** Starts to wait for a process that is about to be started. */
export function beginWait(client: Client, process: ProcessRef, signal: AbortSignal): Promise<number> {
  const ended = waitExit(client, process, signal);
  ended.catch(() => undefined); // awaited once the process runs; a failed start must not leave it unhandled
  return ended;
}

/**
 * Stays with a process until it has ended and its output has been passed on: forwards signals, or with a
 * terminal its size. Gives the exit status.
 */
export async function stayWith(options: ForegroundOptions): Promise<number> {
  const { client, process, io, console, stage, ended } = options;
  io.started(() => client.tasks.closeIO(process));
  const leave = console ? await followSize(options, console) : forward(options);
  try {
    const status = await ended;
    await io.drain({ signal: stage.signal, quietMs: quiet });
    return status;
  } finally {
    leave();
  }
}

/** ctr: every signal that can be caught goes to the process instead of ending tctr. */
function forward({ client, process, stage }: ForegroundOptions): () => void {
  const giveBack = stage.takeOverSignals();
  const stop = forwardSignals({
    kill: (signal) => client.tasks.kill(process, signal),
    onError: (error, name) => {
      // The third one ends tctr itself, and its own sending with it.
      if (!stage.signal.aborted) stage.warn(`forward signal ${name}`, error);
    },
    onForce: (name) => stage.interrupt(name),
  });
  return () => {
    stop();
    giveBack();
  };
}

async function followSize(options: ForegroundOptions, console: Console): Promise<() => void> {
  // Listening first: a change while the size is passed must not be lost.
  const stop = console.onResize(() => passSize(options, console));
  await passSize(options, console);
  return stop;
}

/** Gives a process's terminal the size of ours (Tasks.ResizePty). */
export async function passSize(
  { client, process, stage }: Pick<ForegroundOptions, 'client' | 'process' | 'stage'>,
  console: Console,
): Promise<void> {
  await client.tasks.resize(process, console.size()).catch(async (error: unknown) => {
    // A process that has ended already has no size; before 2.0 shims report that as an error of no known kind.
    if (hasKind(error, 'not found')) return;
    const state = await client.tasks.get(process).catch(() => undefined);
    if (state?.status !== TaskStatus.STOPPED) stage.warn('resize pty', error);
  });
}

/** Fails if output could not be written: a reader that has gone is no error to speak of, a full disk is. */
export async function checkOutput(io: TaskIo): Promise<void> {
  const { stdout, stderr } = await io.outputDone;
  const error = stdout.error ?? stderr.error;
  if (!error) return;
  if (isBrokenPipe(error)) throw new BrokenPipeError();
  throw new KindError('data loss', `cannot write output: ${error.message}`, { cause: error });
}

/** Whether writing failed because nobody reads any more. */
export function isBrokenPipe(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'EPIPE';
}

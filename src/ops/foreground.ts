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
  /** Ends everything as that signal would: the third Ctrl-C, or one that could not be forwarded. */
  readonly interrupt: (signal: 'SIGHUP' | 'SIGINT' | 'SIGTERM') => void;
  readonly warn: (message: string, error: unknown) => void;
}

/** A process, and what it takes to stay with it. */
export interface ForegroundOptions {
  readonly client: Client;
  readonly process: ProcessRef;
  readonly io: TaskIo;
  /** Resolves with the exit status; begun before the start, so that no end is missed. */
  readonly ended: Promise<number>;
  /** The terminal in raw mode, for a process with one. */
  readonly console: Console | undefined;
  readonly stage: Stage;
  /** Starts the process; undefined for one that runs already. */
  readonly start?: () => Promise<unknown>;
}

/** Milliseconds without output after which a stream that a left-behind process holds open is given up. */
const quiet = 2_000;

/** Milliseconds that a signal waits for the start which it came in; it ends one that takes longer. */
const startPatience = 5_000;
const endingNames: Readonly<Record<number, 'SIGHUP' | 'SIGINT' | 'SIGTERM'>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  15: 'SIGTERM',
};

/** Starts to wait for a process that is about to be started. */
export function beginWait(client: Client, process: ProcessRef, signal: AbortSignal): Promise<number> {
  const ended = waitExit(client, process, signal);
  ended.catch(() => undefined); // awaited once the process runs; a failed start must not leave it unhandled
  return ended;
}

/**
 * Starts a process if told how, stays with it until it has ended and its output has been passed on, and forwards
 * signals to it, or with a terminal its size. Gives the exit status.
 */
export async function stayWith(options: ForegroundOptions): Promise<number> {
  const { client, process, io, console, stage, ended, start } = options;
  // Before the start: what it says may be answered with a signal before the daemon answers that it runs.
  const forwarding = console ? undefined : forward(options);
  let stopFollowing: (() => void) | undefined;
  try {
    await start?.();
    forwarding?.started();
    io.started(() => client.tasks.closeIO(process));
    if (console) stopFollowing = await followSize(options, console);
    const status = await ended;
    await io.drain({ signal: stage.signal, quietMs: quiet });
    return status;
  } finally {
    stopFollowing?.();
    forwarding?.stop();
  }
}

/** Signals that go to the process: those that come before it runs, as soon as it does. */
interface Forwarding {
  readonly started: () => void;
  readonly stop: () => void;
}

/** ctr: every signal that can be caught goes to the process instead of ending tctr. */
function forward({ client, process, stage }: ForegroundOptions): Forwarding {
  const giveBack = stage.takeOverSignals();
  let runs = false;
  let starting: NodeJS.Timeout | undefined;
  let send = (): void => undefined;
  const running = new Promise<void>((resolve) => {
    send = resolve;
  });
  const stop = forwardSignals({
    kill: async (signal) => {
      const name = endingNames[signal];
      if (name && !runs) starting ??= setTimeout(() => stage.interrupt(name), startPatience).unref();
      await running;
      await client.tasks.kill(process, signal);
    },
    onError: (error, name) => {
      // The third one ends tctr itself, and its own sending with it.
      if (!stage.signal.aborted) stage.warn(`forward signal ${name}`, error);
    },
    onForce: (name) => stage.interrupt(name),
  });
  return {
    started: () => {
      runs = true;
      clearTimeout(starting);
      send();
    },
    stop: () => {
      clearTimeout(starting);
      stop();
      giveBack();
    },
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

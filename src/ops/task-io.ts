import { resolve } from 'node:path';
import { currentConsole, type Console } from '../cio/console.js';
import { BrokenPipeError } from '../cio/broken-pipe.js';
import { defaultFifoRoot } from '../cio/fifo-root.js';
import { TaskIo } from '../cio/task-io.js';
import { KindError } from '../oci/errors.js';
import { isBrokenPipe, type Stage } from './foreground.js';

/** Where a process's streams shall go. */
export interface StreamChoice {
  /** The container's id, or the exec's. */
  readonly id: string;
  readonly terminal: boolean;
  readonly detach: boolean;
  readonly nullIo: boolean;
  /** Empty for none. */
  readonly logUri: string;
  /** Empty for the default. */
  readonly fifoDir: string;
  /** Where the output of a detached process goes when nothing else is said: a FIFO without a reader would block it. */
  readonly defaultLog: string;
  /** The process gets our stdin. */
  readonly stdin: boolean;
}

/** Where the FIFOs of a process are made: an absolute path. */
export function fifoRootOf({ fifoDir }: Pick<StreamChoice, 'fifoDir'>): string {
  return fifoDir === '' ? defaultFifoRoot : resolve(fifoDir);
}

/** A process's streams, and the terminal in raw mode where it has ours. */
export interface OpenStreams {
  readonly io: TaskIo;
  readonly console: Console | undefined;
  /** Puts the terminal back and stops copying; removes FIFOs that are ours. */
  readonly close: () => void;
}

/** Checks what cannot go together, before anything is made. @throws KindError 'invalid argument' in ctr's words. */
export function checkStreams(choice: Omit<StreamChoice, 'defaultLog' | 'id' | 'stdin'>): void {
  const { terminal, nullIo, logUri, fifoDir } = choice;
  if (nullIo && terminal) throw invalid('tty and null-io cannot be used together');
  if (logUri !== '' && terminal) throw invalid("can't use log-uri with tty");
  if (logUri !== '' && fifoDir !== '') throw invalid("can't use log-uri with fifo-dir");
}

/**
 * Makes a process's streams, and for a terminal takes ours: raw, until they are closed.
 * @param stop called when our output has nobody to go to any more.
 */
export async function openStreams(
  choice: StreamChoice,
  stage: Stage,
  stop: (error: Error) => void,
): Promise<OpenStreams> {
  const { id, terminal, detach, nullIo, logUri, fifoDir } = choice;
  const target = { id, terminal, signal: stage.signal, fifoRoot: fifoRootOf(choice) };
  const plain = (io: TaskIo): OpenStreams => ({ io, console: undefined, close: () => io.dispose() });
  if (nullIo) return plain(TaskIo.nullIo());
  if (logUri !== '') return plain(TaskIo.logUri(logUri));
  if (detach && !terminal && fifoDir === '') return plain(TaskIo.logUri(choice.defaultLog));
  if (detach) return plain(await TaskIo.detached(target));
  const console = terminal ? ownConsole(stage) : undefined;
  const restore = console?.enterRaw();
  try {
    const io = await TaskIo.create({
      ...target,
      stdout: stage.stdout,
      stderr: stage.stderr,
      ...(choice.stdin ? { stdin: console?.fd ?? stage.stdin } : {}),
      onWriteError: (error) => {
        if (isBrokenPipe(error)) stop(new BrokenPipeError());
      },
    });
    return {
      io,
      console,
      close: () => {
        io.dispose();
        restore?.();
        console?.close();
      },
    };
  } catch (error) {
    restore?.();
    console?.close();
    throw error;
  }
}

/** ctr: `ctr run --tty` off a terminal panics. */
export function ownConsole(stage: Stage): Console {
  try {
    return currentConsole([stage.stdin, stage.stdout, stage.stderr]);
  } catch (error) {
    throw new KindError('failed precondition', 'the process wants a terminal, and there is none', {
      cause: error,
      hint: 'leave out --tty, or run it in the background',
    });
  }
}

function invalid(message: string): KindError {
  return new KindError('invalid argument', message);
}

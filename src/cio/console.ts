import { isatty, ReadStream, WriteStream } from 'node:tty';
import { KindError } from '../oci/errors.js';

/** A terminal's size in characters, as Tasks.ResizePty takes it. */
export interface ConsoleSize {
  readonly width: number;
  readonly height: number;
}

/** Signals that would end this process and leave the terminal raw. */
const endingSignals = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM'] as const;

/**
 * The console of this process: the first of the descriptors that is a terminal, as `ctr run --tty` chooses it.
 * @throws KindError 'failed precondition' if none is.
 */
export function currentConsole(fds: readonly number[] = [0, 1, 2]): Console {
  const fd = fds.find((candidate) => isatty(candidate));
  if (fd === undefined)
    throw new KindError('failed precondition', 'none of stdin, stdout and stderr is a terminal');
  return new Console(fd);
}

/** A terminal: its mode and its size. It is not read here; give its descriptor to a TaskIo for that. */
export class Console {
  // A stream of its own, so that the mode can be restored after whoever reads the terminal has closed it.
  readonly #mode: ReadStream;
  #restore: (() => void) | undefined;

  constructor(readonly fd: number) {
    // A terminal that has gone (EIO) has no mode to restore; SIGHUP tells of it.
    this.#mode = new ReadStream(fd).on('error', () => {});
  }

  /** The size as it is now. */
  size(): ConsoleSize {
    // Only a new stream asks the terminal; an existing one of our own is not told of changes.
    const probe = new WriteStream(this.fd);
    const { columns: width, rows: height } = probe;
    probe.destroy();
    return { width, height };
  }

  /**
   * Turns echo, line editing and signal keys off, and leaves output processing on, as ctr does.
   * Restores the mode when the returned function is called (any number of times), when the process ends, and when
   * one of the signals comes that end it; which it then does, unless somebody else listens to that signal.
   */
  enterRaw(): () => void {
    if (this.#restore !== undefined) return this.#restore;
    const setRaw = (raw: boolean) => void this.#mode.setRawMode(raw);
    // The shell has set its own mode while this process was stopped.
    const resume = () => {
      setRaw(false);
      setRaw(true);
    };
    const restore = () => {
      if (this.#restore === undefined) return;
      this.#restore = undefined;
      process.off('exit', restore).off('SIGCONT', resume);
      for (const signal of endingSignals) process.off(signal, end);
      setRaw(false);
    };
    const end = (signal: NodeJS.Signals) => {
      restore();
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    this.#restore = restore;
    process.on('exit', restore).on('SIGCONT', resume);
    for (const signal of endingSignals) process.on(signal, end);
    setRaw(true);
    return restore;
  }

  /**
   * Calls back with the new size after it has changed; changes that come during a call are reported as one after it.
   * A failure is the callback's own to report: a lost resize is no reason to end a task. Returns what ends it.
   */
  onResize(callback: (size: ConsoleSize) => Promise<void>): () => void {
    let [running, again] = [false, false];
    const report = async () => {
      again = true;
      if (running) return;
      running = true;
      while (again) {
        again = false;
        await callback(this.size()).catch(() => {});
      }
      running = false;
    };
    const listener = () => void report();
    process.on('SIGWINCH', listener);
    return () => void process.off('SIGWINCH', listener);
  }

  /** Restores the mode and lets go of the terminal. */
  close(): void {
    this.#restore?.();
    this.#mode.destroy();
  }
}

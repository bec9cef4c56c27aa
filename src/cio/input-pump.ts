import { openFifoWriter } from './fifo-open.js';
import { fdWriter } from './fd-writer.js';
import { readInput, type InputSource } from './input-source.js';

/** A running copy of our stdin into a task's stdin FIFO. */
export interface InputPump {
  /**
   * Says that the process has been started. Only then may the FIFO be closed (before, the shim may not have opened it,
   * and what was written would be lost) and stdin be closed by `closeIO` (Tasks.CloseIO), which the shim needs to
   * report the end, as it holds the FIFO open itself. Works also if the source has ended long before.
   */
  readonly started: (closeIO?: () => Promise<void>) => void;
  /** Resolves when the source has ended and that was passed on, or the pump was cancelled. Never rejects. */
  readonly done: Promise<void>;
  /** Stops at once, without an end of file for the process. Idempotent. */
  readonly cancel: () => void;
}

/** Copies a source into a FIFO with bounded memory. */
export function pumpInput({
  fifo,
  source,
}: {
  readonly fifo: string;
  readonly source: InputSource;
}): InputPump {
  const writer = fdWriter({ fd: openFifoWriter(fifo), owned: true });
  const reading = readInput(source, (chunk) => writer.write(chunk));
  let open: (closeIO?: () => Promise<void>) => void = () => {};
  const gate = new Promise<(() => Promise<void>) | undefined>((resolve) => (open = resolve));
  let cancelled = false;

  const run = async () => {
    // A source that fails (EIO of a terminal that went away) has ended, as far as the process is concerned.
    await reading.done.catch(() => false);
    const closeIO = await gate;
    if (cancelled) return;
    writer.close();
    // The process may have ended meanwhile, so that there is nothing left to close.
    await closeIO?.().catch(() => {});
  };
  const cancel = () => {
    cancelled = true;
    reading.cancel();
    writer.close();
    open();
  };
  return { started: open, done: run(), cancel };
}

import { fstatSync, read } from 'node:fs';
import { isatty, ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import { readFd } from './fd-reader.js';
import { reopenNonblocking } from './reopen.js';

/** Where input comes from: a file descriptor such as 0, or chunks (a Readable, an async generator). */
export type InputSource = number | AsyncIterable<Uint8Array>;

/** A running copy from an {@link InputSource}. */
export interface InputReading {
  /** True at the end of the source, false after `cancel`. Rejects with what reading or `onChunk` failed with. */
  readonly done: Promise<boolean>;
  /** Ends the reading at once, even where it waits for a byte, and keeps the process from waiting for the source. */
  readonly cancel: () => void;
}

type OnChunk = (chunk: Uint8Array) => void | Promise<void>;

const fileChunkSize = 256 * 1024;
const readAsync = promisify(read);

/** Reads a source to its end, and not faster than `onChunk` takes it. */
export function readInput(source: InputSource, onChunk: OnChunk): InputReading {
  if (typeof source !== 'number') return readIterable(source, onChunk);
  if (isatty(source)) return readIterable(new ReadStream(source), onChunk);
  const stat = fstatSync(source);
  if (!stat.isFIFO() && !stat.isSocket()) return readFile(source, onChunk);
  return readFd({ fd: reopenNonblocking(source, 'read') ?? source, onChunk });
}

/** Files and devices such as /dev/null, whose reads never wait for long. */
function readFile(fd: number, onChunk: OnChunk): InputReading {
  let cancelled = false;
  const copy = async () => {
    const buffer = Buffer.allocUnsafe(fileChunkSize);
    while (!cancelled) {
      const { bytesRead } = await readAsync(fd, buffer, 0, buffer.length, null);
      if (bytesRead === 0) return true;
      if (!cancelled) await onChunk(buffer.subarray(0, bytesRead));
    }
    return false;
  };
  return { done: copy(), cancel: () => void (cancelled = true) };
}

function readIterable(source: AsyncIterable<Uint8Array> & Stoppable, onChunk: OnChunk): InputReading {
  let cancel = () => {};
  const cancelled = new Promise<false>((resolve) => (cancel = () => resolve(false)));
  const iterator = source[Symbol.asyncIterator]();
  const copy = async () => {
    for (;;) {
      const result = await Promise.race([iterator.next(), cancelled]);
      if (result === false) return false;
      if (result.done === true) return true;
      await onChunk(result.value);
    }
  };
  const stop = () => {
    cancel();
    // A generator that waits for a byte returns only after it, so nobody waits for `return`.
    iterator.return?.().catch(() => {});
    source.destroy?.();
  };
  return { done: copy(), cancel: stop };
}

/** What Readable has over a plain AsyncIterable. */
interface Stoppable {
  readonly destroy?: () => unknown;
}

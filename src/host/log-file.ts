import { constants } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { KindError } from '../oci/errors.js';

/** A log, and how much of it. */
export interface LogFileOptions {
  readonly file: string;
  /** The last lines only; undefined for all. */
  readonly tail: number | undefined;
  /** Asked when its end is reached: whether more may come. */
  readonly goesOn: () => boolean;
  readonly signal: AbortSignal;
}

const block = 64 * 1024;
const pollMs = 200;

/**
 * The bytes of a log file, through rotation (a new file of the same name) and truncation. Not through a link,
 * and nothing but a regular file.
 * @throws KindError 'not found', 'failed precondition'
 */
export async function* readLogFile(options: LogFileOptions): AsyncGenerator<Uint8Array, void> {
  const { file, tail, goesOn, signal } = options;
  let handle = await openLog(file);
  try {
    let position = tail === undefined ? 0 : await startOfTail(handle, tail);
    for (;;) {
      signal.throwIfAborted();
      // Asked before reading: what was written before the writer's end is there already.
      const more = goesOn();
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(block), 0, block, position);
      position += bytesRead;
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      else if (!more) return;
      else {
        await sleep(pollMs, undefined, { signal });
        const next = await replaced(handle, file);
        if (next) {
          await handle.close();
          handle = next;
          position = 0;
        } else if ((await handle.stat()).size < position) position = 0;
      }
    }
  } finally {
    await handle.close();
  }
}

async function openLog(file: string): Promise<FileHandle> {
  let handle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new KindError(
      code === 'ENOENT' ? 'not found' : 'failed precondition',
      `cannot open the log ${file}: ${code ?? ''}`,
      {
        cause: error,
      },
    );
  }
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw new KindError('failed precondition', `the log ${file} is not a regular file`);
}

/** The file that took the log's name since. */
async function replaced(handle: FileHandle, file: string): Promise<FileHandle | undefined> {
  const [own, now] = await Promise.all([handle.stat(), stat(file).catch(() => undefined)]);
  if (!now || (own.ino === now.ino && own.dev === now.dev)) return undefined;
  return openLog(file).catch((error: unknown) => {
    if (error instanceof KindError) return undefined; // between two names; looked for again soon
    throw error;
  });
}

/** Where the last `lines` lines begin, read block by block from the end. */
async function startOfTail(handle: FileHandle, lines: number): Promise<number> {
  const { size } = await handle.stat();
  if (lines === 0) return size;
  let left = lines;
  for (let end = size; end > 0;) {
    const begin = Math.max(0, end - block);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(end - begin), 0, end - begin, begin);
    for (let at = bytesRead - 1; at >= 0; at--) {
      // The newline at the very end ends the last line; it begins none.
      if (buffer[at] !== 0x0a || begin + at === size - 1) continue;
      if (--left === 0) return begin + at + 1;
    }
    end = begin;
  }
  return 0;
}

import { randomBytes } from 'node:crypto';
import { constants, openSync } from 'node:fs';
import { open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BrokenPipeError } from '../../cio/broken-pipe.js';
import { fdWriter, type FdWriter } from '../../cio/fd-writer.js';
import { inheritedFdSink } from '../../cio/output-sink.js';
import { KindError } from '../../oci/errors.js';
import { fileProblem } from './file-problem.js';

/** Where an archive is written. */
export interface ArchiveOutput {
  /** Resolves when the bytes are written. @throws KindError naming the file */
  write(chunk: Uint8Array): Promise<void>;
  /** Puts the whole archive into its place. */
  finish(): Promise<void>;
  /** Removes what has been written. Does nothing behind {@link finish}. */
  discard(): Promise<void>;
}

/** Standard output, or any inherited descriptor: a reader that is slow holds up nothing else. */
export function descriptorOutput(fd: number): ArchiveOutput {
  return sinkOutput(inheritedFdSink(fd), 'standard output');
}

function sinkOutput(sink: FdWriter, name: string): ArchiveOutput {
  return {
    async write(chunk) {
      try {
        await sink.write(chunk);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EPIPE') throw new BrokenPipeError();
        throw fileProblem('write', name, error);
      }
    },
    finish: () => Promise.resolve(sink.close()),
    discard: () => Promise.resolve(sink.close()),
  };
}

/** The same output, whose writes do not wait for a reader any more when the signal aborts. */
export function interruptible(output: ArchiveOutput, signal: AbortSignal): ArchiveOutput {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => undefined); // only a write that waits is told
  return { ...output, write: (chunk) => Promise.race([output.write(chunk), aborted]) };
}

/**
 * A file, which gets its name when it is whole: until then what had the name stays, and nothing is left of a
 * failure. A device or a pipe is written to directly.
 */
export async function fileOutput(path: string): Promise<ArchiveOutput> {
  const existing = await stat(path).catch(ignoreMissing);
  if (existing?.isDirectory()) throw new KindError('invalid argument', `open ${path}: is a directory`);
  if (existing && !existing.isFile()) return direct(path);
  const target = existing ? await realpath(path) : path;
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.tmp`);
  const handle = await openFile(path, draft, 'wx', existing?.mode ?? 0o666);
  let placed = false;
  return {
    write: (chunk) => writeAll(handle, chunk, path),
    async finish() {
      try {
        await handle.close();
        await rename(draft, target);
      } catch (error) {
        throw fileProblem('write', path, error);
      }
      placed = true;
    },
    async discard() {
      if (placed) return;
      await handle.close().catch(() => undefined);
      await rm(draft, { force: true });
    },
  };
}

async function direct(path: string): Promise<ArchiveOutput> {
  const handle = await openFile(path, path, constants.O_WRONLY);
  const pipe = (await handle.stat()).isFIFO();
  // Opened once more, a pipe whose reader is slow does not hold up the process.
  const fd = pipe
    ? openSync(`/proc/self/fd/${handle.fd}`, constants.O_WRONLY | constants.O_NONBLOCK)
    : handle.fd;
  const output = sinkOutput(fdWriter({ fd, owned: pipe }), path);
  const close = async (): Promise<void> => {
    await output.discard();
    await handle.close().catch(() => undefined);
  };
  return { write: (chunk) => output.write(chunk), finish: close, discard: close };
}

async function openFile(
  shown: string,
  path: string,
  flags: string | number,
  mode?: number,
): Promise<FileHandle> {
  try {
    return await open(path, flags, mode);
  } catch (error) {
    throw fileProblem('open', shown, error);
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array, path: string): Promise<void> {
  try {
    for (let at = 0; at < chunk.length;) at += (await handle.write(chunk, at)).bytesWritten;
  } catch (error) {
    throw fileProblem('write', path, error);
  }
}

function ignoreMissing(): undefined {
  return undefined; // opening it says what is wrong
}

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** What opening or reading answers for a file that is not there, or not for us. */
const unreadable: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENXIO']);

/**
 * Reads a small file that other programs write: a regular file of at most `maxBytes`, not through a link.
 * @returns undefined for everything else
 */
export function readBoundedFile(path: string, maxBytes: number): Uint8Array | undefined {
  let fd;
  try {
    // O_NONBLOCK: opening a FIFO in its place must not hang.
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (unreadable.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile() || stats.size > maxBytes) return undefined;
    const bytes = Buffer.alloc(Math.min(maxBytes, stats.size) + 1);
    let length = 0;
    for (;;) {
      const read = readSync(fd, bytes, length, bytes.length - length, length);
      length += read;
      // It grew meanwhile: half of it would be no document.
      if (length === bytes.length) return undefined;
      if (read === 0) return bytes.subarray(0, length);
    }
  } finally {
    closeSync(fd);
  }
}

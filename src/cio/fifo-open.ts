import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { KindError } from '../oci/errors.js';

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;

/**
 * Opens the reading end of a FIFO without waiting for a writer. Open it before Tasks.Create, so that no byte can come
 * too early; reading starts once a writer has come, and ends when the last one goes.
 * @throws KindError 'failed precondition' if the path is no FIFO, 'not found' if there is nothing.
 */
export function openFifoReader(path: string): number {
  return openFifo(path, O_RDONLY);
}

/**
 * Opens a FIFO for writing without waiting for a reader. O_RDWR, as O_WRONLY|O_NONBLOCK fails with ENXIO while there is
 * no reader; nothing is ever read through it.
 * @throws KindError as {@link openFifoReader}.
 */
export function openFifoWriter(path: string): number {
  return openFifo(path, O_RDWR);
}

function openFifo(path: string, access: number): number {
  let fd: number;
  try {
    fd = openSync(path, access | O_NONBLOCK | O_NOFOLLOW);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new KindError(code === 'ENOENT' ? 'not found' : 'failed precondition', `FIFO ${path}: ${message}`, {
      cause: error,
    });
  }
  if (fstatSync(fd).isFIFO()) return fd;
  closeSync(fd);
  throw new KindError('failed precondition', `${path} is not a FIFO`);
}

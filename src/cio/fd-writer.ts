import { closeSync, fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Writes to a file descriptor at once where it can, and waits without blocking the process where it cannot. */
export interface FdWriter {
  /**
   * Writes the whole chunk. Returns nothing if that is done already, else a promise; the chunk belongs to the writer
   * until then, and no other write may start.
   * @throws the errno error of write(2), at once or through the promise.
   */
  write(chunk: Uint8Array): void | Promise<void>;
  /** Ends a pending write with an error, and closes the descriptor if it was given away. Idempotent. */
  close(): void;
}

/** The descriptor of a {@link FdWriter}. */
export interface FdWriterOptions {
  readonly fd: number;
  /** The writer owns `fd` and closes it. */
  readonly owned: boolean;
}

/**
 * A writer on a file descriptor. An own O_NONBLOCK pipe is waited for through the event loop; any other
 * descriptor that is not ready (EAGAIN) is tried again after a pause.
 */
export function fdWriter({ fd, owned }: FdWriterOptions): FdWriter {
  return owned && fstatSync(fd).isFIFO() ? new PipeWriter(fd) : new PlainWriter(fd, owned);
}

class PipeWriter implements FdWriter {
  #socket: Socket | undefined;
  #closed = false;

  constructor(readonly fd: number) {}

  write(chunk: Uint8Array): void | Promise<void> {
    if (this.#closed) throw closedError();
    const written = writeSome(this.fd, chunk, 0);
    if (written < chunk.length) return this.#writeWhenReady(chunk.subarray(written));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#socket === undefined) closeSync(this.fd);
    else this.#socket.destroy();
  }

  #writeWhenReady(rest: Uint8Array): Promise<void> {
    // From here on the socket owns the descriptor.
    const socket = (this.#socket ??= new Socket({ fd: this.fd, readable: false, writable: true }));
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        this.#closed = true;
        reject(error);
      };
      socket.once('error', fail);
      socket.write(rest, (error) => {
        if (error) return fail(error);
        socket.off('error', fail);
        resolve();
      });
    });
  }
}

class PlainWriter implements FdWriter {
  #closed = false;

  constructor(
    readonly fd: number,
    readonly owned: boolean,
  ) {}

  write(chunk: Uint8Array): void | Promise<void> {
    if (this.#closed) throw closedError();
    let offset = 0;
    while (offset < chunk.length) {
      const written = writeSome(this.fd, chunk, offset);
      if (written === 0) return this.#retry(chunk, offset);
      offset += written;
    }
  }

  close(): void {
    if (!this.#closed && this.owned) closeSync(this.fd);
    this.#closed = true;
  }

  async #retry(chunk: Uint8Array, start: number): Promise<void> {
    let pause = 1;
    for (let offset = start; offset < chunk.length;) {
      await sleep(pause);
      if (this.#closed) throw closedError();
      const written = writeSome(this.fd, chunk, offset);
      offset += written;
      pause = written === 0 ? Math.min(pause * 2, 20) : 1;
    }
  }
}

/** One write(2); 0 bytes where it would block. */
function writeSome(fd: number, chunk: Uint8Array, offset: number): number {
  try {
    return writeSync(fd, chunk, offset, chunk.length - offset);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
    throw error;
  }
}

function closedError(): Error {
  return Object.assign(new Error('write to a closed descriptor'), { code: 'EBADF' });
}

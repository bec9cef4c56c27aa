import { Socket, type OnReadOpts, type SocketConstructorOpts } from 'node:net';

/** A running copy from a pipe or socket. */
export interface FdReading {
  /** True at the end of the stream, false after `cancel`. Rejects with what read(2) or `onChunk` failed with. */
  readonly done: Promise<boolean>;
  /** Ends the reading and closes the descriptor, at once. Idempotent. */
  readonly cancel: () => void;
}

/** What {@link readFd} reads, and who gets it. */
export interface FdReadOptions {
  /** A FIFO, pipe or socket, given away: it is closed at the end (unless it is 0, 1 or 2). */
  readonly fd: number;
  /** Gets each chunk; the memory is used again when it has returned, or its promise is settled. */
  readonly onChunk: (chunk: Uint8Array) => void | Promise<void>;
}

const bufferSize = 256 * 1024;

/** Reads a pipe or socket to its end into one buffer, and not faster than `onChunk` takes it. */
export function readFd({ fd, onChunk }: FdReadOptions): FdReading {
  let ended = false;
  const callback = (length: number, buffer: Uint8Array): boolean => {
    try {
      const pending = onChunk(buffer.subarray(0, length));
      if (pending === undefined) return true;
      pending.then(
        () => socket.resume(),
        (error: unknown) => socket.destroy(error as Error),
      );
      return false;
    } catch (error) {
      socket.destroy(error as Error);
      return false;
    }
  };
  // `onread` is the constructor's as well as connect's, which the type does not know.
  const options: SocketConstructorOpts & { readonly onread: OnReadOpts } = {
    fd,
    readable: true,
    writable: false,
    onread: { buffer: Buffer.allocUnsafe(bufferSize), callback },
  };
  const socket = new Socket(options);
  const done = new Promise<boolean>((resolve, reject) => {
    socket.once('end', () => (ended = true));
    socket.once('error', reject);
    socket.once('close', () => resolve(ended));
  });
  socket.resume();
  return { done, cancel: () => void socket.destroy() };
}

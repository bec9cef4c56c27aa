import { readFd } from './fd-reader.js';
import type { OutputSink } from './output-sink.js';

/** What came of copying one output stream. */
export interface CopyResult {
  /** Bytes read from the process, whether or not they could be written. */
  readonly bytes: number;
  /** Whether the stream was read to its end. */
  readonly eof: boolean;
  /** The first failure to write (EPIPE, ENOSPC, …) or to read. */
  readonly error?: NodeJS.ErrnoException;
}

/** A running copy of a task's output FIFO into a sink. */
export interface OutputPump {
  /** Never rejects. */
  readonly done: Promise<CopyResult>;
  /** Bytes read so far. */
  readonly bytes: number;
  /** Whether the sink is still busy with a chunk. */
  readonly writing: boolean;
  /** Stops at once; what is still in the FIFO stays there. Idempotent. */
  readonly cancel: () => void;
}

/** Where to copy from and to. */
export interface OutputPumpOptions {
  /** The FIFO's reading end (openFifoReader), given away. */
  readonly fd: number;
  readonly sink: OutputSink;
  /** Called once, with the first failure to write. */
  readonly onWriteError?: (error: NodeJS.ErrnoException) => void;
}

/**
 * Copies a FIFO into a sink to the end, with one buffer. After a failure to write it goes on reading, as the process
 * would block otherwise once the FIFO is full.
 */
export function pumpOutput({ fd, sink, onWriteError }: OutputPumpOptions): OutputPump {
  let bytes = 0;
  let writing = false;
  let failure: NodeJS.ErrnoException | undefined;
  const fail = (error: unknown) => {
    writing = false;
    failure = error as NodeJS.ErrnoException;
    onWriteError?.(failure);
  };
  const onChunk = (chunk: Uint8Array): void | Promise<void> => {
    bytes += chunk.length;
    if (failure !== undefined) return;
    try {
      const pending = sink.write(chunk);
      if (pending === undefined) return;
      writing = true;
      return pending.then(() => void (writing = false), fail);
    } catch (error) {
      fail(error);
    }
  };
  const reading = readFd({ fd, onChunk });
  const result = (eof: boolean): CopyResult => ({ bytes, eof, ...(failure && { error: failure }) });
  const done = reading.done.then(result, (error: unknown) => {
    failure ??= error as NodeJS.ErrnoException;
    return result(false);
  });
  return {
    done,
    cancel: reading.cancel,
    get bytes() {
      return bytes;
    },
    get writing() {
      return writing;
    },
  };
}

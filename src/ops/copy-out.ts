import { BrokenPipeError } from '../cio/broken-pipe.js';
import { inheritedFdSink } from '../cio/output-sink.js';
import { cancellation } from '../client/errors.js';
import { KindError } from '../oci/errors.js';

/**
 * Copies bytes to an inherited descriptor such as stdout, as fast as its reader takes them and no faster: one chunk is
 * held at a time. An abort ends a write that nobody reads.
 * @throws BrokenPipeError when the reader has gone; KindError 'data loss' for a full disk
 */
export async function copyOut(
  chunks: AsyncIterable<Uint8Array>,
  { fd, signal }: { readonly fd: number; readonly signal: AbortSignal },
): Promise<void> {
  const sink = inheritedFdSink(fd);
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      sink.close();
      reject(cancellation(signal));
    };
  });
  stopped.catch(() => undefined); // nobody may be waiting for a write at that moment
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of chunks) {
      if (signal.aborted) throw cancellation(signal);
      const writing = writeAll(sink, chunk);
      writing.catch(() => undefined); // closing the sink ends it with an error of its own
      await Promise.race([writing, stopped]);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    sink.close();
  }
}

async function writeAll(sink: ReturnType<typeof inheritedFdSink>, chunk: Uint8Array): Promise<void> {
  try {
    await sink.write(chunk);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') throw new BrokenPipeError();
    throw new KindError('data loss', `cannot write standard output: ${code ?? String(error)}`, {
      cause: error,
    });
  }
}

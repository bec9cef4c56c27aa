import { KindError } from '../oci/errors.js';
import { BrokenPipeError } from './broken-pipe.js';
import { inheritedFdSink } from './output-sink.js';

/**
 * Copies bytes to a descriptor such as 1, unchanged and not faster than they are taken there.
 * @throws BrokenPipeError where nobody reads any more; the signal's reason, even while a reader does not read
 */
export async function copyOut(
  chunks: AsyncIterable<Uint8Array>,
  { fd, signal }: { readonly fd: number; readonly signal: AbortSignal },
): Promise<void> {
  const sink = inheritedFdSink(fd);
  const close = (): void => sink.close();
  signal.addEventListener('abort', close, { once: true });
  try {
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      await write(sink, chunk, signal);
    }
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener('abort', close);
    sink.close();
  }
}

async function write(
  sink: ReturnType<typeof inheritedFdSink>,
  chunk: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  try {
    await sink.write(chunk);
  } catch (error) {
    signal.throwIfAborted();
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') throw new BrokenPipeError();
    throw new KindError('data loss', `cannot write standard output: ${code ?? message}`, { cause: error });
  }
}

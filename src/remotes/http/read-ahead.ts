import { finished, type Readable } from 'node:stream';

/** Bytes read before they are asked for. */
const ahead = 512 << 10;

/**
 * A stream's chunks as they come, with some read ahead: a reader and a writer that wait for each other in turn are slow.
 * Iterating the stream itself would put the chunks that wait together, and copy them for it. Leaving the loop ends the stream.
 */
export async function* readAhead(stream: Readable): AsyncGenerator<Uint8Array> {
  const waiting: Uint8Array[] = [];
  let bytes = 0;
  let end: { readonly error?: unknown } | undefined;
  let wake = (): void => undefined;
  stream.on('data', (chunk: Uint8Array) => {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes >= ahead) stream.pause();
    wake();
  });
  finished(stream, (error) => {
    end = error ? { error } : {};
    wake();
  });
  try {
    for (;;) {
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        bytes -= chunk.length;
        if (bytes < ahead / 2 && stream.isPaused()) stream.resume();
        yield chunk;
      } else if (end === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
      } else if ('error' in end) {
        throw end.error;
      } else {
        return;
      }
    }
  } finally {
    stream.destroy();
  }
}

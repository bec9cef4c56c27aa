import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../client/client.js';
import type { ContentWriter } from '../client/content-writer.js';
import type { Digest } from '../oci/digest.js';
import { hasKind } from '../oci/errors.js';
import { openWriter } from './ingest.js';
import { note } from './journal.js';

/** An ingest that no lease holds: a lease's end would take the new blob with it. */
export interface OwnIngest {
  readonly client: Client;
  readonly ref: string;
  readonly blob: { readonly digest?: Digest; readonly size: bigint };
  readonly signal: AbortSignal;
}

/** Milliseconds that a daemon gets to open an ingest that nobody wants any more. */
const openLimit = 5_000;
/** Times that an ingest is dropped, and milliseconds in between. */
const [abortTries, abortPause] = [5, 100];

/**
 * Opens an ingest (Content.Write), or goes on with one, and works on it. It is aborted where the work fails or is
 * interrupted, and by the next tctr where this one is killed.
 * @returns undefined where the blob is in the store already
 */
export async function keepIngest<T>(
  { client, ref, blob, signal }: OwnIngest,
  work: (writer: ContentWriter) => Promise<T>,
): Promise<T | undefined> {
  // An interrupted opening may still be carried out, after the abort has found nothing: it is waited for.
  const ending = new AbortController();
  const end = (): void => ending.abort(signal.reason);
  let limit: NodeJS.Timeout | undefined;
  const endLater = (): void => void (limit = setTimeout(end, openLimit));
  let forget = (): void => undefined;
  const open = async (): Promise<ContentWriter> => {
    forget = note({ kind: 'ingest', address: client.address, namespace: client.namespace, id: ref });
    try {
      return await client.content.writer(ref, blob, { signal: ending.signal });
    } catch (error) {
      // It is another's, who may be at work on it.
      forget();
      throw error;
    }
  };
  signal.addEventListener('abort', endLater, { once: true });
  try {
    const writer = await openWriter(client, ref, open, signal);
    if (!writer) return undefined;
    signal.removeEventListener('abort', endLater);
    signal.addEventListener('abort', end, { once: true });
    try {
      signal.throwIfAborted();
      return await work(writer);
    } catch (error) {
      writer.close();
      await abort(client, ref);
      throw error;
    } finally {
      forget();
    }
  } finally {
    clearTimeout(limit);
    signal.removeEventListener('abort', endLater);
    signal.removeEventListener('abort', end);
  }
}

/**
 * Drops an ingest. It may have gone with its blob, and a daemon that is gone keeps what it has; one that still writes its
 * last bytes may fail to. Why there is something to drop is the error to tell, so this one is not.
 */
async function abort(client: Client, ref: string): Promise<void> {
  const { content } = client.forCleanup();
  for (let tries = 1; tries <= abortTries; tries++) {
    try {
      return await content.abort(ref);
    } catch (error) {
      if (hasKind(error, 'not found') || hasKind(error, 'unavailable')) return;
      await sleep(abortPause);
    }
  }
}

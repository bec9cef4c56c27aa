import type { Client } from '../client/client.js';
import { hasKind } from '../oci/errors.js';
import { note } from './journal.js';

/**
 * Works on an ingest that no lease holds, as a lease's end would take the new blob with it: it is aborted where the work
 * fails, and by the next tctr where this one is killed.
 */
export async function keepIngest<T>(client: Client, ref: string, work: () => Promise<T>): Promise<T> {
  const forget = note({ kind: 'ingest', address: client.address, namespace: client.namespace, id: ref });
  try {
    return await work();
  } catch (error) {
    await client
      .forCleanup()
      .content.abort(ref)
      .catch((failure: unknown) => {
        // The ingest goes with its blob, and a daemon that is gone keeps what it has.
        if (!hasKind(failure, 'not found') && !hasKind(failure, 'unavailable')) throw failure;
      });
    throw error;
  } finally {
    forget();
  }
}

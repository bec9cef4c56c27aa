import { randomBytes } from 'node:crypto';
import { currentOwner, formatOwner } from '../cio/owner.js';
import type { Client } from '../client/client.js';
import { hasKind } from '../oci/errors.js';
import { formatRfc3339, timestampOf } from '../output/time.js';
import { note } from './journal.js';
import { uninterrupted } from './uninterrupted.js';

/** Milliseconds after which the daemon may drop a lease whose owner was lost. */
const lifetime = 24 * 3600 * 1000;

/** The label that says which process a lease is for: boot id, pid, start time. */
export const ownerLabel = 'tctr/owner';

/**
 * Works under a lease (Leases.Create): what the calls of the client given to `work` create is kept from
 * the collector until the end. The lease goes on success, error and interruption alike.
 */
export async function withLease<T>(
  client: Client,
  work: (leased: Client, id: string) => Promise<T>,
): Promise<T> {
  const id = `${process.hrtime.bigint()}-${randomBytes(3).toString('base64url')}`;
  const labels = new Map([
    ['containerd.io/gc.expire', formatRfc3339(timestampOf(Date.now() + lifetime))],
    [ownerLabel, formatOwner(currentOwner())],
  ]);
  const forget = note({ kind: 'lease', address: client.address, namespace: client.namespace, id });
  try {
    await client.leases.create(id, labels, uninterrupted);
    return await work(client.within({ lease: id }), id);
  } finally {
    await releaseLease(client, id);
    forget();
  }
}

/** Deletes a lease, with a limit of its own: the reason to stop may be why it is deleted. */
export async function releaseLease(client: Client, id: string): Promise<void> {
  await client
    .forCleanup()
    .leases.delete(id)
    .catch((error: unknown) => {
      if (!hasKind(error, 'not found')) throw error;
    });
}

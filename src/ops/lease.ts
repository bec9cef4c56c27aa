import { randomBytes } from 'node:crypto';
import { currentOwner, formatOwner } from '../cio/owner.js';
import type { Client } from '../client/client.js';
import { formatRfc3339, timestampOf } from '../output/time.js';
import { ignoreNotFound } from './gone.js';
import { note } from './journal.js';
import { undone } from './undo.js';
import { uninterrupted } from './uninterrupted.js';

/** Milliseconds after which the daemon may drop a lease whose owner was lost. */
const lifetime = 24 * 3600 * 1000;

/** The label that says which process a lease is for: boot id, pid, start time. */
export const ownerLabel = 'tctr/owner';

/** How a lease is given back. */
export interface ReleaseOptions {
  /** Waits until the collector has taken what nothing else keeps. */
  readonly sync?: boolean;
}

/** A name for a lease that nobody else has. */
export function newLeaseId(): string {
  return `${process.hrtime.bigint()}-${randomBytes(3).toString('base64url')}`;
}

/** The label that lets the collector drop a lease so many milliseconds from now. */
export function expiryLabel(milliseconds: number): readonly [key: string, value: string] {
  return ['containerd.io/gc.expire', formatRfc3339(timestampOf(Date.now() + milliseconds))];
}

/**
 * Works under a lease (Leases.Create): what the calls of the client given to `work` create is kept from
 * the collector until the end. The lease goes on success, error and interruption alike.
 */
export async function withLease<T>(
  client: Client,
  work: (leased: Client, id: string) => Promise<T>,
  options: ReleaseOptions = {},
): Promise<T> {
  const id = newLeaseId();
  const labels = new Map([expiryLabel(lifetime), [ownerLabel, formatOwner(currentOwner())]]);
  const forget = note({ kind: 'lease', address: client.address, namespace: client.namespace, id });
  let sync = true; // nothing of what failed stays: a quiet daemon may not collect for long
  try {
    await client.leases.create(id, labels, uninterrupted);
    const result = await work(client.within({ lease: id }), id);
    sync = options.sync ?? false;
    return result;
  } finally {
    // What was worked for is not lost with it: the journal keeps a lease that cannot be given back now.
    if (await undone(releaseLease(client, id, { sync }))) forget();
  }
}

/** Deletes a lease, with a limit of its own: the reason to stop may be why it is deleted. */
export async function releaseLease(
  client: Client,
  id: string,
  { sync = false }: ReleaseOptions = {},
): Promise<void> {
  await client.forCleanup().leases.delete(id, { sync }).catch(ignoreNotFound);
}

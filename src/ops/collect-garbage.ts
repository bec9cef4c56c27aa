import type { Client } from '../client/client.js';
import { withLease } from './lease.js';

/**
 * Lets the daemon's collector run: it does so when a lease ends (Leases.Create, Leases.Delete).
 * @param sync wait until it is done, which may take as long as `signal` lets it
 */
export async function collectGarbage(client: Client, { sync }: { readonly sync: boolean }): Promise<void> {
  await withLease(client, (_leased, id) => (sync ? client.leases.delete(id, { sync }) : Promise.resolve()));
}

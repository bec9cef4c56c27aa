import type { Client } from '../../src/client/client.js';
import { hasKind } from '../../src/oci/errors.js';

/** Removes a namespace and everything in it. */
export async function removeNamespace(client: Client): Promise<void> {
  await emptyNamespace(client);
  // The collector first: a namespace of the same name counts its snapshots from one again, and meets what is left.
  await client.leases.create('last', new Map());
  await client.leases.delete('last', { sync: true });
  await client.namespaces.delete(client.namespace).catch(unlessGone);
}

/** Removes everything from a namespace; the namespace stays. */
export async function emptyNamespace(client: Client): Promise<void> {
  for (const { id } of await client.tasks.list()) await endTask(client, id);
  for (const { id } of await client.containers.list()) await client.containers.delete(id);
  for (const { name } of await client.images.list()) await client.images.delete(name);
  for (const { id } of await client.leases.list()) await client.leases.delete(id).catch(unlessGone);
  for (const snapshotter of ['overlayfs', 'native']) await removeSnapshots(client, snapshotter);
  for (const { ref } of await client.content.statuses()) await client.content.abort(ref).catch(unlessGone);
  for await (const { digest } of client.content.list()) await client.content.delete(digest).catch(unlessGone);
}

async function endTask(client: Client, id: string): Promise<void> {
  const ended = client.tasks.wait({ containerId: id });
  ended.catch(() => undefined); // a task that was never started may be deleted without an end
  await client.tasks.kill({ containerId: id }, 9, { all: true }).catch(unlessGone);
  await ended.catch(unlessGone);
  await client.tasks.delete(id).catch(unlessGone);
}

/** Children first: each round removes what has none. */
async function removeSnapshots(client: Client, snapshotter: string): Promise<void> {
  const snapshots = client.snapshots(snapshotter);
  for (;;) {
    const names: string[] = [];
    for await (const { name } of snapshots.list()) names.push(name);
    if (names.length === 0) return;
    for (const name of names) {
      await snapshots.remove(name).catch((error: unknown) => {
        if (!hasKind(error, 'failed precondition')) unlessGone(error);
      });
    }
  }
}

function unlessGone(error: unknown): void {
  if (!hasKind(error, 'not found')) throw error;
}

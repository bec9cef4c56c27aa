import type { Client } from '../../src/client/client.js';
import { hasKind } from '../../src/oci/errors.js';
import { collectGarbage } from '../../src/ops/collect-garbage.js';
import { ignoreNotFound } from '../../src/ops/gone.js';
import { destroyTask } from '../../src/ops/start-task.js';
import { all } from '../support/all.js';

/** Removes a namespace and everything in it. */
export async function removeNamespace(client: Client): Promise<void> {
  await emptyNamespace(client);
  // The collector first: a namespace of the same name counts its snapshots from one again, and meets what is left.
  await collectGarbage(client, { sync: true });
  await client.namespaces.delete(client.namespace).catch(ignoreNotFound);
}

/** Removes everything from a namespace; the namespace stays. */
export async function emptyNamespace(client: Client): Promise<void> {
  for (const { id } of await client.tasks.list()) await destroyTask(client, id);
  for (const { id } of await client.containers.list()) await client.containers.delete(id);
  for (const { name } of await client.images.list()) await client.images.delete(name);
  for (const { id } of await client.leases.list()) await client.leases.delete(id).catch(ignoreNotFound);
  for (const snapshotter of ['overlayfs', 'native']) await removeSnapshots(client, snapshotter);
  for (const { ref } of await client.content.statuses())
    await client.content.abort(ref).catch(ignoreNotFound);
  for await (const { digest } of client.content.list())
    await client.content.delete(digest).catch(ignoreNotFound);
}

/** Children first: each round removes what has none. */
async function removeSnapshots(client: Client, snapshotter: string): Promise<void> {
  const snapshots = client.snapshots(snapshotter);
  for (;;) {
    const names = (await all(snapshots.list())).map(({ name }) => name);
    if (names.length === 0) return;
    for (const name of names) {
      await snapshots.remove(name).catch((error: unknown) => {
        if (!hasKind(error, 'failed precondition')) ignoreNotFound(error);
      });
    }
  }
}

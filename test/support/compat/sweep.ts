import type { Client } from '../../../src/client/client.js';
import { hasKind } from '../../../src/oci/errors.js';
import { collectGarbage } from '../../../src/ops/collect-garbage.js';
import { removeSnapshot } from '../../../src/ops/delete-container.js';
import { ignoreNotFound } from '../../../src/ops/gone.js';
import { destroyTask } from '../../../src/ops/start-task.js';
import { all } from '../all.js';
import { withDaemon } from './daemon.js';
import type { Side } from './side.js';

const attempts = 6;

/** The names of the daemon's namespaces. */
export async function namespaces(side: Pick<Side, 'daemon' | 'namespace'>): Promise<readonly string[]> {
  const all = await withDaemon(side, (client) => client.namespaces.list());
  return all.map(({ name }) => name);
}

/** Removes a side's namespace: takes away what keeps it from being removed, until nothing does. */
export async function sweep(side: Side): Promise<void> {
  await withDaemon(side, async (client) => {
    await removeSandboxes(side, client);
    let reason = '';
    for (let attempt = 0; attempt < attempts; attempt++) {
      try {
        await client.namespaces.delete(side.namespace);
        return;
      } catch (error) {
        if (hasKind(error, 'not found')) return;
        reason = String(error);
        await takeAway(client, reason);
      }
    }
    throw new Error(`cannot clear namespace ${side.namespace}: ${reason}`);
  });
}

/** Removes every namespace whose name begins with the side's. */
export async function sweepAll(side: Side): Promise<void> {
  const left = (await namespaces(side)).filter((name) => name.startsWith(side.namespace));
  for (const namespace of left) await sweep({ ...side, namespace });
}

/** containerd names what a namespace still has. */
async function takeAway(client: Client, reason: string): Promise<void> {
  if (reason.includes('containers')) await removeContainers(client);
  if (reason.includes('images')) {
    const images = await client.images.list();
    for (const [index, { name }] of images.entries()) {
      await client.images.delete(name, { sync: index === images.length - 1 }).catch(ignoreNotFound);
    }
    return;
  }
  for (const { id } of await client.leases.list()) await client.leases.delete(id).catch(ignoreNotFound);
  if (reason.includes('snapshot')) await removeRooted(client);
  if (reason.includes('blobs')) {
    for await (const { digest } of client.content.list()) {
      await client.content.delete(digest).catch(ignoreNotFound); // the collector may be quicker
    }
  }
  await collectGarbage(client, { sync: true });
}

/** A record outlives its namespace: whoever has that name next finds it again. */
async function removeSandboxes({ daemon }: Side, client: Client): Promise<void> {
  if (daemon.version === '1.6') return;
  for (const { sandboxId } of await client.sandboxes.list([]))
    await client.sandboxes.delete(sandboxId).catch(ignoreNotFound);
}

async function removeContainers(client: Client): Promise<void> {
  for (const { id } of await client.tasks.list()) await destroyTask(client, id);
  for (const container of await client.containers.list()) {
    await removeSnapshot(client, container).catch(() => undefined); // it may have children: they go by themselves
    await client.containers.delete(container.id).catch(ignoreNotFound);
  }
}

/** Snapshots made by `ctr snapshot` keep themselves alive; children go first. */
async function removeRooted(client: Client): Promise<void> {
  for (const snapshotter of ['overlayfs', 'native']) {
    const snapshots = client.snapshots(snapshotter);
    const names = (await all(snapshots.list())).map(({ name }) => name);
    const keys = names.filter((name) => !name.startsWith('sha256:'));
    // A child that was collected still keeps its parent from being deleted, but not from being collected.
    for (const key of keys)
      await snapshots.setLabels(key, new Map([['containerd.io/gc.root', '']])).catch(ignoreNotFound);
    // A parent's turn comes again when its child is gone.
    for (const key of [...keys, ...keys]) await snapshots.remove(key).catch(() => undefined);
  }
}

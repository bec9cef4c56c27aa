import { removeTaskFifos } from '../cio/fifos.js';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { TaskStatus, type Process } from '../client/tasks.js';
import { KindError } from '../oci/errors.js';
import { ignoreNotFound } from './gone.js';
import { leaveNetwork } from './leave-network.js';
import { removeTaskLogs } from './task-log.js';

/** Which container, and whether its snapshot goes as well. */
export interface DeleteContainerOptions {
  readonly client: Client;
  readonly id: string;
  readonly keepSnapshot: boolean;
}

/**
 * Deletes a container that does not run: a stopped task first, then its snapshot, then its record.
 * @throws KindError 'not found', 'failed precondition' while its task runs.
 */
export async function deleteContainer({ client, id, keepSnapshot }: DeleteContainerOptions): Promise<void> {
  const container = await client.containers.get(id);
  const task = await taskOf(client, id);
  if (task) await deleteStopped(client, id, task);
  await leaveNetwork(client, container);
  if (!keepSnapshot) await removeSnapshot(client, container);
  await client.containers.delete(id);
  await removeTaskLogs(client.namespace, id);
}

/**
 * Removes a container's snapshot. It goes before the record: once the record is gone, the collector
 * may be quicker.
 */
export async function removeSnapshot(client: Client, { snapshotter, snapshotKey }: Container): Promise<void> {
  if (snapshotKey === '' || snapshotter === '') return;
  await client.snapshots(snapshotter).remove(snapshotKey).catch(ignoreNotFound);
}

async function taskOf(client: Client, id: string): Promise<Process | undefined> {
  try {
    return await client.tasks.get({ containerId: id });
  } catch (error) {
    return ignoreNotFound(error);
  }
}

async function deleteStopped(client: Client, id: string, task: Process): Promise<void> {
  if (task.status !== TaskStatus.STOPPED) {
    const status = (TaskStatus[task.status] ?? 'unknown').toLowerCase();
    // ctr: the words are Go's %v of the task's status.
    throw new KindError(
      'failed precondition',
      `cannot delete a non stopped container: {${status} 0 0001-01-01 00:00:00 +0000 UTC}`,
      { hint: 'stop its task first' },
    );
  }
  await client.tasks.delete(id).catch(ignoreNotFound);
  removeTaskFifos(task);
}

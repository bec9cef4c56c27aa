import type { Client } from '../client/client.js';
import { TaskStatus } from '../client/tasks.js';
import { ignoreEnded } from './gone.js';
import { note } from './journal.js';
import { undone } from './undo.js';
import { uninterrupted } from './uninterrupted.js';

/**
 * Works while a task stands still (Tasks.Pause, Tasks.Resume); one that is paused already stays so. It goes on however the
 * work ends.
 */
export async function whilePaused<T>(client: Client, id: string, work: () => Promise<T>): Promise<T> {
  const { status } = await client.tasks.get({ containerId: id });
  if (status === TaskStatus.PAUSED || status === TaskStatus.STOPPED) return work();
  const forget = note({ kind: 'pause', address: client.address, namespace: client.namespace, id });
  try {
    await client.tasks.pause(id, uninterrupted);
    return await work();
  } finally {
    if (await undone(resume(client.forCleanup(), id))) forget();
  }
}

/** Lets a task go on; one that runs, has ended or is gone is fine. */
export async function resume(client: Client, id: string): Promise<void> {
  try {
    const { status } = await client.tasks.get({ containerId: id });
    if (status === TaskStatus.PAUSED || status === TaskStatus.PAUSING) await client.tasks.resume(id);
  } catch (error) {
    ignoreEnded(error);
  }
}

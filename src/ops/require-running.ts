import type { Client } from '../client/client.js';
import { TaskStatus, type Process } from '../client/tasks.js';
import { hasKind, KindError } from '../oci/errors.js';

/** A container's task, undefined if it has none. */
export async function taskOf(client: Client, id: string): Promise<Process | undefined> {
  try {
    return await client.tasks.get({ containerId: id });
  } catch (error) {
    if (!hasKind(error, 'not found')) throw error;
    return undefined;
  }
}

/** The task of a container that runs or is paused. @throws KindError 'failed precondition' in docker's words */
export async function requireTask(client: Client, id: string): Promise<Process> {
  const task = await taskOf(client, id);
  if (task && task.status !== TaskStatus.STOPPED && task.status !== TaskStatus.CREATED) return task;
  throw new KindError('failed precondition', `container ${id} is not running`, {
    hint: `start ${id} starts it`,
  });
}

/** The task of a container that can take another process. @throws KindError 'failed precondition' in docker's words */
export async function requireRunning(client: Client, id: string): Promise<Process> {
  const task = await requireTask(client, id);
  if (task.status === TaskStatus.RUNNING) return task;
  throw new KindError('failed precondition', `container ${id} is paused, unpause it first`);
}

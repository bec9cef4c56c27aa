import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import type { Process, ProcessRef } from '../client/tasks.js';
import { hasKind, KindError, prefixed } from '../oci/errors.js';

/** A container's task (Containers.Get, Tasks.Get). @throws KindError 'not found' in ctr's words */
export async function loadTask(client: Client, id: string): Promise<Process> {
  return (await loadContainerTask(client, id)).task;
}

/** A container with its task, as {@link loadTask}: both are asked for at once. */
export async function loadContainerTask(
  client: Client,
  id: string,
): Promise<{ readonly container: Container; readonly task: Process }> {
  const task = getProcess(client, { containerId: id }, 'no running task found', `task start ${id} starts it`);
  task.catch(() => undefined); // awaited below, unless the container is not there: then that is what is told
  return { container: await client.containers.get(id), task: await task };
}

/** An exec of a container (Containers.Get, Tasks.Get). @throws KindError 'not found' in ctr's words */
export async function loadExec(client: Client, id: string, execId: string): Promise<Process> {
  await loadTask(client, id);
  return getProcess(client, { containerId: id, execId }, 'no running process found');
}

async function getProcess(
  client: Client,
  process: ProcessRef,
  words: string,
  hint?: string,
): Promise<Process> {
  try {
    return await client.tasks.get(process);
  } catch (error) {
    if (!hasKind(error, 'not found')) throw error;
    const { message } = prefixed(words, error) as KindError;
    throw new KindError('not found', message, { cause: error, ...(hint === undefined ? {} : { hint }) });
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { TaskStatus } from '../client/tasks.js';
import { hasKind, KindError } from '../oci/errors.js';
import { ownerOf, type ContainerOwner } from './container-owner.js';
import { deleteContainer } from './delete-container.js';
import { setLabels } from './exit-label.js';
import { taskOf } from './require-running.js';
import { restartWish } from './restart-labels.js';
import { destroyTask } from './start-task.js';

/** Who would not notice that its container is gone, and what to use instead. */
const others: Readonly<Partial<Record<ContainerOwner, string>>> = {
  docker: 'dockerd manages it: use docker',
  kubernetes: 'the kubelet manages it and will make another: use kubectl',
};

/**
 * Removes a container with its snapshot and log; with `force` it is killed first.
 * @throws KindError 'not found'; 'conflict' while it runs, or when it is another manager's, unless forced
 */
export async function removeContainer(
  client: Client,
  container: Container,
  options: { readonly force: boolean; readonly word: string },
): Promise<void> {
  const { id, labels } = container;
  const { force, word } = options;
  const manager = others[ownerOf(container)];
  if (manager !== undefined && !force) {
    throw new KindError('conflict', `cannot remove container ${JSON.stringify(word)}: ${manager}`, {
      hint: 'or use --force',
    });
  }
  const task = await taskOf(client, id);
  if (task && task.status !== TaskStatus.STOPPED) {
    if (!force && task.status !== TaskStatus.CREATED) throw stillRunning(word, task.status);
    const wish = restartWish(labels, 'stopped');
    if (wish.size > 0) await setLabels(client, id, wish);
    await destroyTask(client, id);
  }
  await deleteOnceStopped(client, id);
}

function stillRunning(word: string, status: TaskStatus): KindError {
  const paused = status === TaskStatus.PAUSED || status === TaskStatus.PAUSING;
  const [state, remedy] = paused ? ['paused', 'unpause and then stop'] : ['running', 'stop'];
  return new KindError(
    'conflict',
    `cannot remove container ${JSON.stringify(word)}: container is ${state}: ${remedy} the container before removing or force remove`,
  );
}

/** A manager that was asked to end it may still be at it. */
async function deleteOnceStopped(client: Client, id: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await deleteContainer({ client, id, keepSnapshot: false });
    } catch (error) {
      if (!hasKind(error, 'failed precondition') || attempt === 10) throw error;
    }
    await sleep(100);
  }
}

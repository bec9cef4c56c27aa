import { removeTaskFifos } from '../cio/fifos.js';
import type { Client } from '../client/client.js';
import { TaskStatus, type Process } from '../client/tasks.js';
import { KindError } from '../oci/errors.js';
import { ignoreEnded } from './gone.js';
import { leaveNetwork } from './leave-network.js';
import { loadContainerTask, loadExec } from './load-task.js';

const SIGKILL = 9;

/** Which task, and whether a running one may be killed for it. */
export interface DeleteTaskOptions {
  readonly client: Client;
  readonly id: string;
  readonly force: boolean;
}

/**
 * Deletes a task (Tasks.Delete), and the FIFOs that its streams went through.
 * @throws KindError 'not found', 'failed precondition' while it runs and is not forced.
 */
export async function deleteTask({
  client,
  id,
  force,
}: DeleteTaskOptions): Promise<{ readonly exitStatus: number }> {
  const { container, task } = await loadContainerTask(client, id);
  if (force) await killAndWait(client, task, { containerId: id });
  else refuseRunning(task);
  const deleted = await client.tasks.delete(id);
  removeTaskFifos(task);
  await leaveNetwork(client, container);
  return deleted;
}

/**
 * Deletes an ended exec (Tasks.DeleteProcess), and gives its exit status.
 * ctr: `--force` does not count for an exec.
 * @throws KindError 'not found', 'failed precondition' while it runs.
 */
export async function deleteExec(client: Client, id: string, execId: string): Promise<number> {
  const process = await loadExec(client, id, execId);
  if (process.status !== TaskStatus.STOPPED && process.status !== TaskStatus.CREATED) {
    const state = (TaskStatus[process.status] ?? 'unknown').toLowerCase();
    throw new KindError(
      'failed precondition',
      `current process state: ${state}, process must be stopped before deletion: failed precondition`,
      { hint: `task kill --exec-id ${execId} ${id} stops it` },
    );
  }
  const { exitStatus } = await client.tasks.deleteProcess(id, execId);
  removeTaskFifos(process);
  return exitStatus;
}

async function killAndWait(
  client: Client,
  process: Process,
  ref: { readonly containerId: string; readonly execId?: string },
): Promise<void> {
  if (process.status === TaskStatus.STOPPED) return;
  const ended = client.tasks.wait(ref);
  ended.catch(() => undefined); // awaited below; a kill that fails must not leave it unhandled
  await client.tasks.kill(ref, SIGKILL).catch(ignoreEnded);
  await ended;
}

function refuseRunning(task: Process): void {
  if (task.status === TaskStatus.STOPPED || task.status === TaskStatus.CREATED) return;
  const state = (TaskStatus[task.status] ?? 'unknown').toLowerCase();
  throw new KindError(
    'failed precondition',
    `task must be stopped before deletion: ${state}: failed precondition`,
    {
      hint: 'stop it first, or use --force',
    },
  );
}

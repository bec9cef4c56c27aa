import { reapFifoDirs } from '../cio/fifo-reaper.js';
import type { Client } from '../client/client.js';
import { hasKind } from '../oci/errors.js';
import { removeSnapshot } from './delete-container.js';
import { destroyExec } from './exec-process.js';
import { orphans, type Taken } from './journal.js';
import { destroyTask } from './start-task.js';

/**
 * Gives back what tctr processes held that were killed before they could: leases, unfinished containers,
 * foreground tasks and execs, FIFO directories. Only what belongs to the client's own daemon.
 */
export async function reapOrphans(client: Client): Promise<void> {
  const found = await orphans();
  if (found.length === 0) return;
  for (const { taken, forget } of found) {
    const here = taken.filter(({ address }) => address === client.address);
    if (here.length < taken.length) continue; // the rest needs its own daemon: left for a tctr that talks to it
    // Processes first, then what they stand on.
    for (const kind of ['exec', 'task', 'container', 'lease'] as const) {
      for (const entry of here.filter((each) => each.kind === kind)) await giveBack(client, entry);
    }
    forget();
  }
  reapFifoDirs({ minAgeMs: 0 });
}

async function giveBack(client: Client, taken: Taken): Promise<void> {
  const cleanup = client.within({ namespace: taken.namespace }).forCleanup();
  switch (taken.kind) {
    case 'exec':
      return destroyExec(cleanup, taken.id, taken.execId);
    case 'task':
      return destroyTask(cleanup, taken.id);
    case 'container':
      return removeContainer(cleanup, taken.id);
    case 'lease':
      return cleanup.leases.delete(taken.id).catch(ignoreGone);
  }
}

async function removeContainer(client: Client, id: string): Promise<void> {
  try {
    const container = await client.containers.get(id);
    await destroyTask(client, id);
    await removeSnapshot(client, container);
    await client.containers.delete(id);
  } catch (error) {
    ignoreGone(error);
  }
}

function ignoreGone(error: unknown): void {
  if (!hasKind(error, 'not found')) throw error;
}

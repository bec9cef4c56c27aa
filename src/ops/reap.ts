import { setTimeout as sleep } from 'node:timers/promises';
import { holdFifosOf, reapFifoDirs, reapFifosOf } from '../cio/fifo-reaper.js';
import { defaultFifoRoot } from '../cio/fifo-root.js';
import type { Client } from '../client/client.js';
import { hasShim } from '../host/shim-process.js';
import { hasKind } from '../oci/errors.js';
import { removeSnapshot } from './delete-container.js';
import { destroyExec } from './exec-process.js';
import { ignoreNotFound } from './gone.js';
import type { Orphans, Taken } from './journal.js';
import { destroyTask } from './start-task.js';
import { stopShim } from './stop-shim.js';

/** Milliseconds that a daemon gets to stop the shim of a task it no longer creates, and between two looks. */
const settleLimit = 7_000;
const settlePause = 100;
/** Milliseconds that a shim gets to close the FIFOs of a process that is gone. */
const closeLimit = 2_000;

/**
 * Gives back what tctr processes held that were killed before they could: leases, ingests, unfinished containers,
 * paused tasks, networks, foreground tasks and execs, FIFO directories. All of it belongs to the client's daemon.
 * @throws KindError the first failure, when all others have been given back; it is tried again next time.
 */
export async function reapOrphans(client: Client, found: readonly Orphans[]): Promise<void> {
  const outcomes = await Promise.allSettled(found.map((each) => reapOne(client, each)));
  // Old ones that no journal speaks of. A tctr that was killed just now is not among the found: without its FIFOs a shim
  // that is about to open them would wait for ever.
  const roots = new Set([defaultFifoRoot, ...found.flatMap(({ taken }) => fifoRootsOf(taken))]);
  for (const root of roots) reapFifoDirs({ root });
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

async function reapOne(client: Client, { owner, taken, forget, postpone }: Orphans): Promise<void> {
  const roots = fifoRootsOf(taken);
  const releases = roots.map((root) => holdFifosOf(owner, root));
  try {
    // Processes first, then what they stand on.
    for (const kind of [
      'pause',
      'exec',
      'task',
      'network',
      'container',
      'mount',
      'ingest',
      'lease',
    ] as const) {
      for (const entry of taken.filter((each) => each.kind === kind)) await giveBack(client, entry);
    }
    // While its FIFOs are open: the shim needs them to come to an end.
    for (const entry of taken) if (entry.kind === 'task') await settled(client, entry, forget);
  } catch (error) {
    if (hasKind(error, 'deadline exceeded')) postpone();
    throw error;
  } finally {
    for (const release of releases) release();
  }
  if (await fifosGone(owner, roots)) forget();
  else postpone();
}

/** Removes a dead owner's FIFO directories, once nobody reads them any more. */
async function fifosGone(owner: string, roots: readonly string[]): Promise<boolean> {
  const until = Date.now() + closeLimit;
  while (!roots.every((root) => reapFifosOf(owner, root))) {
    if (Date.now() > until) return false;
    await sleep(settlePause);
  }
  return true;
}

/**
 * A daemon that loses its client while it creates a task stops the shim on its own, a while after the task
 * has stopped being known: waits for that, destroys the task should it turn up after all, and stops the
 * shim itself when the daemon has lost it.
 */
async function settled(client: Client, { namespace, id }: Taken, forget: () => void): Promise<void> {
  const until = Date.now() + settleLimit;
  while (hasShim({ namespace, id })) {
    if (Date.now() > until) {
      forget(); // the last attempt: one that fails shall not slow down every command from now on
      return stopShim({ address: client.address, namespace, id });
    }
    await sleep(settlePause);
    await destroyTask(client.within({ namespace }), id);
  }
}

function fifoRootsOf(taken: readonly Taken[]): readonly string[] {
  return [...new Set(taken.flatMap((entry) => ('fifoRoot' in entry ? [entry.fifoRoot] : [])))];
}

async function giveBack(client: Client, taken: Taken): Promise<void> {
  const cleanup = client.within({ namespace: taken.namespace }).forCleanup();
  switch (taken.kind) {
    case 'pause':
      return (await import('./paused.js')).resume(cleanup, taken.id);
    case 'network':
      return (await import('./network.js')).disconnectOrphan(taken);
    case 'exec':
      return destroyExec(cleanup, taken.id, taken.execId);
    case 'task':
      return destroyTask(cleanup, taken.id);
    case 'container':
      return removeContainer(cleanup, taken.id);
    case 'mount':
      return (await import('./take-mount-back.js')).takeOrphanBack(cleanup, taken);
    case 'ingest':
      return cleanup.content.abort(taken.id).catch(ignoreNotFound);
    case 'lease':
      return cleanup.leases.delete(taken.id, { sync: true }).catch(ignoreNotFound);
  }
}

async function removeContainer(client: Client, id: string): Promise<void> {
  try {
    const container = await client.containers.get(id);
    await destroyTask(client, id);
    await removeSnapshot(client, container);
    await client.containers.delete(id);
  } catch (error) {
    ignoreNotFound(error);
  }
}

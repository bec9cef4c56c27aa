import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { TaskStatus } from '../client/tasks.js';
import { hasKind } from '../oci/errors.js';
import { parseSignal } from '../oci/signal.js';
import { stopSignalLabel } from '../oci/spec/labels.js';
import { setLabels } from './exit-label.js';
import { restartWish } from './restart-labels.js';
import { taskOf } from './require-running.js';

/** How to stop a container. */
export interface StopOptions {
  readonly client: Client;
  readonly container: Container;
  /** Empty for the image's stop signal, else SIGTERM. */
  readonly signal: string;
  /** Seconds until it is killed; negative for never. */
  readonly grace: number;
  readonly abort: AbortSignal;
}

const SIGKILL = 9;

/**
 * Stops a container: its stop signal, and SIGKILL to all of it when that did not help in time. The task stays, with
 * its exit status. One that does not run is fine.
 */
export async function stopContainer({ client, container, signal, grace, abort }: StopOptions): Promise<void> {
  const { id, labels } = container;
  const number = parseSignal(signal || labels.get(stopSignalLabel) || 'SIGTERM');
  const wish = restartWish(labels, 'stopped');
  if (wish.size > 0) await setLabels(client, id, wish);
  const task = await taskOf(client, id);
  if (!task || task.status === TaskStatus.STOPPED) return;
  const process = { containerId: id };
  // Before the signal: the end must not be missed.
  const ended = client.tasks.wait(process, { signal: abort });
  ended.catch(() => undefined);
  // Frozen processes take no signal.
  if (task.status === TaskStatus.PAUSED) await client.tasks.resume(id);
  await client.tasks.kill(process, number).catch(unlessGone);
  if (grace >= 0 && !(await within(ended, grace * 1000, abort))) {
    await client.tasks.kill(process, SIGKILL, { all: true }).catch(unlessGone);
  }
  await ended.catch(unlessGone);
}

/** Whether it ended in time. */
async function within(ended: Promise<unknown>, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  const done = new AbortController();
  const timer = sleep(milliseconds, false, { signal: AbortSignal.any([signal, done.signal]) });
  timer.catch(() => undefined); // called off, or the whole command is
  try {
    return await Promise.race([
      ended.then(
        () => true,
        () => true,
      ),
      timer,
    ]);
  } finally {
    done.abort();
  }
}

function unlessGone(error: unknown): void {
  if (!hasKind(error, 'not found') && !hasKind(error, 'failed precondition')) throw error;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../client/client.js';
import type { ProcessRef } from '../client/tasks.js';
import { KindError, hasKind } from '../oci/errors.js';

/** Milliseconds that a daemon may be away: its shims go on, and know the status when it is back. */
const awayLimit = 30_000;
const retryPause = 500;

/**
 * Waits for a process to end (Tasks.Wait), also across a restart of the daemon; gives its exit status.
 * @throws KindError 'unavailable' when the daemon does not come back; the process goes on.
 */
export async function waitExit(client: Client, process: ProcessRef, signal: AbortSignal): Promise<number> {
  let lostAt: number | undefined;
  for (;;) {
    const began = Date.now();
    try {
      return (await client.tasks.wait(process, { signal })).exitStatus;
    } catch (error) {
      if (!hasKind(error, 'unavailable')) throw error;
      // A wait that lasted means that the daemon had been back in between.
      if (lostAt === undefined || Date.now() - began > awayLimit) lostAt = Date.now();
      if (Date.now() - lostAt > awayLimit) {
        throw new KindError('unavailable', (error as Error).message, {
          cause: error,
          hint: `is containerd running? ${process.containerId} goes on without it`,
        });
      }
    }
    await sleep(retryPause, undefined, { signal });
  }
}

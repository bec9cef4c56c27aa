import type { Client } from '../client/client.js';
import { hasKind } from '../oci/errors.js';
import type { Stage } from './foreground.js';
import { ignoreNotFound } from './gone.js';
import { note } from './journal.js';
import { restoreContainer } from './restore-container.js';
import { removeSnapshot } from './delete-container.js';
import { specOf } from './spec-of.js';
import { startTask } from './start-task.js';
import { ownConsole, type StreamChoice } from './task-io.js';
import { undone } from './undo.js';

/** A checkpoint to run again. */
export interface RunRestoredOptions {
  readonly client: Client;
  readonly id: string;
  readonly ref: string;
  /** Brings the checkpoint here where it is not. */
  readonly fetch: () => Promise<void>;
  readonly written: boolean;
  readonly live: boolean;
  /** The process's streams, for one with a terminal or without. */
  readonly streams: (terminal: boolean) => StreamChoice;
  readonly stage: Stage;
}

/**
 * Makes a container from a checkpoint and starts it; gives the exit status, 0 for one without a terminal, which runs in
 * the background. A failure leaves nothing.
 */
export async function runRestored(options: RunRestoredOptions): Promise<number> {
  const { client, id, ref, stage } = options;
  const { target } = await client.images.get(ref).catch(async (error: unknown) => {
    if (!hasKind(error, 'not found')) throw error;
    await options.fetch();
    return client.images.get(ref);
  });
  const { container, checkpoint } = await restoreContainer({ ...options, target, signal: stage.signal });
  const forget = note({ kind: 'container', address: client.address, namespace: client.namespace, id });
  try {
    const terminal = specOf(container).process?.terminal === true;
    if (terminal) ownConsole(stage).close();
    const status = await startTask({
      client,
      container,
      streams: options.streams(terminal),
      noPivot: false,
      pidFile: '',
      stage,
      ownsContainer: true,
      checkpoint,
    });
    forget();
    return status;
  } catch (error) {
    if (await undone(remove(client.forCleanup(), id))) forget();
    throw error;
  }
}

async function remove(client: Client, id: string): Promise<void> {
  const container = await client.containers.get(id).catch(ignoreNotFound);
  if (!container) return;
  await removeSnapshot(client, container);
  await client.containers.delete(id).catch(ignoreNotFound);
}

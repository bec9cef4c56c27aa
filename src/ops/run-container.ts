import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { decodeSpec } from '../oci/spec/decode.js';
import { hasKind } from '../oci/errors.js';
import { createContainer, type CreateContainerOptions } from './create-container.js';
import { removeSnapshot } from './delete-container.js';
import type { Stage } from './foreground.js';
import { note } from './journal.js';
import { startTask } from './start-task.js';
import { checkStreams, ownConsole, type StreamChoice } from './task-io.js';
import { undone } from './undo.js';

/** A container to create and to run. */
export interface RunContainerOptions {
  readonly create: CreateContainerOptions;
  readonly streams: StreamChoice;
  /** Delete the container at the end, however it comes. */
  readonly remove: boolean;
  readonly noPivot: boolean;
  readonly pidFile: string;
  readonly stage: Stage;
}

/**
 * Creates a container and runs its process; gives the exit status. With `remove`, and when it was
 * interrupted before the process ran, nothing of it remains.
 */
export async function runContainer(options: RunContainerOptions): Promise<number> {
  const { create, streams, remove, stage } = options;
  const { client, id } = create;
  checkStreams(streams);
  // Found out before anything is made.
  if (streams.terminal && !streams.detach) ownConsole(stage).close();
  let forget = (): void => undefined;
  const container = await createContainer({
    ...create,
    onCreated: () => {
      if (remove)
        forget = note({ kind: 'container', address: client.address, namespace: client.namespace, id });
    },
  });
  try {
    const terminal = streams.terminal || wantsTerminal(container);
    const status = await startTask({
      client,
      container,
      streams: { ...streams, terminal },
      noPivot: options.noPivot,
      pidFile: options.pidFile,
      stage,
      ownsContainer: true,
    });
    if (remove) await removeContainer(client, container);
    forget();
    return status;
  } catch (error) {
    if (!remove || (await undone(removeContainer(client, container)))) forget();
    throw error;
  }
}

/** With --config the terminal is in the spec. */
function wantsTerminal({ spec }: Container): boolean {
  return spec !== undefined && decodeSpec(spec.value).process?.terminal === true;
}

async function removeContainer(client: Client, container: Container): Promise<void> {
  const cleanup = client.forCleanup();
  await removeSnapshot(cleanup, container);
  await cleanup.containers.delete(container.id).catch((error: unknown) => {
    if (!hasKind(error, 'not found')) throw error;
  });
}

import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { TaskStatus } from '../client/tasks.js';
import { KindError } from '../oci/errors.js';
import { forgetExit, recordExit, setLabels } from './exit-label.js';
import type { Stage } from './foreground.js';
import { leaveNetwork } from './leave-network.js';
import { taskOf } from './require-running.js';
import { restartWish } from './restart-labels.js';
import { specOf } from './spec-of.js';
import { startTask } from './start-task.js';
import { taskLogUri } from './task-log.js';

/** A container to start again, and whether to stay with it. */
export interface StartContainerOptions {
  readonly client: Client;
  readonly container: Container;
  readonly attach: boolean;
  readonly interactive: boolean;
  readonly stage: Stage;
}

/**
 * Starts a container that does not run; one that runs is fine. Gives the exit status when attached, else 0.
 * @throws KindError 'failed precondition' for a paused one
 */
export async function startContainer(options: StartContainerOptions): Promise<number> {
  const { client, container, attach, interactive, stage } = options;
  const { id, labels } = container;
  const task = await taskOf(client, id);
  if (task?.status === TaskStatus.PAUSED) {
    throw new KindError('failed precondition', 'cannot start a paused container, try unpause instead');
  }
  if (task?.status === TaskStatus.RUNNING) return 0;
  if (task) await client.tasks.delete(id);
  if (task) await leaveNetwork(client, container);
  await forgetExit(client, id, labels);
  const wish = restartWish(labels, 'running');
  if (wish.size > 0) await setLabels(client, id, wish);
  const status = await startTask({
    client,
    container,
    streams: {
      id,
      terminal: specOf(container).process?.terminal === true,
      detach: !attach,
      nullIo: false,
      logUri: '',
      fifoDir: '',
      defaultLog: taskLogUri({ namespace: client.namespace, id }),
      stdin: interactive,
    },
    noPivot: false,
    pidFile: '',
    stage,
    ownsContainer: false,
  });
  if (attach) await recordExit(client, id, status);
  return status;
}

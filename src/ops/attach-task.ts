import { BrokenPipeError } from '../cio/broken-pipe.js';
import { followFile } from '../cio/follow-file.js';
import { removeTaskFifos } from '../cio/fifos.js';
import { TaskIo } from '../cio/task-io.js';
import type { Client } from '../client/client.js';
import type { Process } from '../client/tasks.js';
import { beginWait, checkOutput, isBrokenPipe, stayWith, type Stage } from './foreground.js';
import { leaveNetwork } from './leave-network.js';
import { loadContainerTask } from './load-task.js';
import { ownConsole } from './task-io.js';

/** Which task to join. */
export interface AttachOptions {
  readonly client: Client;
  readonly id: string;
  readonly stage: Stage;
}

/**
 * Joins a running task's streams until it ends, and deletes it then; gives its exit status. Output that
 * goes to a file is followed there. Interrupted, it leaves the task as it was.
 */
export async function attachTask({ client, id, stage }: AttachOptions): Promise<number> {
  const { container, task } = await loadContainerTask(client, id);
  const process = { containerId: id };
  const stopping = new AbortController();
  const signal = AbortSignal.any([stage.signal, stopping.signal]);
  const ownStage = { ...stage, signal };
  const ended = beginWait(client, process, signal);
  const console = task.terminal ? ownConsole(stage) : undefined;
  const restore = console?.enterRaw();
  let io: TaskIo | undefined;
  try {
    io = joinStreams(task, ownStage, (error) => stopping.abort(error));
    const file = task.stdout.startsWith('file://') ? new URL(task.stdout).pathname : undefined;
    const following =
      file === undefined ? undefined : followFile({ file, fd: stage.stdout, until: ended, signal });
    const status = await stayWith({ client, process, io, console, ended, stage: ownStage });
    await following;
    await client.tasks.delete(id);
    removeTaskFifos(task);
    await leaveNetwork(client, container);
    await checkOutput(io);
    return status;
  } finally {
    io?.dispose();
    restore?.();
    console?.close();
  }
}

function joinStreams(task: Process, stage: Stage, stop: (error: Error) => void): TaskIo {
  if (task.stdout.includes('://')) return TaskIo.nullIo();
  const { stdin, stdout, stderr, terminal } = task;
  return TaskIo.attach({
    stdio: { stdin, stdout, stderr, terminal },
    stdin: stage.stdin,
    stdout: stage.stdout,
    stderr: stage.stderr,
    onWriteError: (error) => {
      if (isBrokenPipe(error)) stop(new BrokenPipeError());
    },
  });
}

import { renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { packRuncOptions } from '../client/runtime-options.js';
import type { TaskStdio } from '../client/tasks.js';
import type { Any } from '../client/typeurl.js';
import type { Descriptor } from '../oci/descriptor.js';
import { hasKind, KindError } from '../oci/errors.js';
import { beginWait, checkOutput, passSize, stayWith, type Stage } from './foreground.js';
import { ignoreEnded } from './gone.js';
import { note } from './journal.js';
import { wantsNetwork } from './network-extension.js';
import type { Network } from './network.js';
import { fifoRootOf, openStreams, type StreamChoice } from './task-io.js';
import { leftRunning, undone } from './undo.js';
import { uninterrupted } from './uninterrupted.js';

/** A container whose process is to be started. */
export interface StartTaskOptions {
  /** Not under a lease: the task lives on its container. */
  readonly client: Client;
  readonly container: Container;
  readonly streams: StreamChoice;
  readonly noPivot: boolean;
  /** Where to write the process id; empty for nowhere. */
  readonly pidFile: string;
  readonly stage: Stage;
  /** The container was made for this task: whatever task it has is ours to destroy. */
  readonly ownsContainer: boolean;
  /** What to restore the process from, instead of starting it anew. */
  readonly checkpoint?: Descriptor | undefined;
}

const SIGKILL = 9;

/**
 * Starts a container's process (Tasks.Create, Tasks.Start), and stays with it until it has ended unless it
 * is detached. Gives the exit status; 0 for a detached one. A task that could not be started, and a
 * foreground task that is interrupted, is killed and deleted.
 */
export async function startTask(options: StartTaskOptions): Promise<number> {
  const { client, container, stage } = options;
  const { id } = container;
  // Our reader may go away (`| head`), which ends the task as a signal would.
  const stopping = new AbortController();
  const signal = AbortSignal.any([stage.signal, stopping.signal]);
  const ownStage = { ...stage, signal };
  const { address, namespace } = client;
  const network = await networkOf(client, container, signal);
  const forget = note({ kind: 'task', address, namespace, id, fifoRoot: fifoRootOf(options.streams) });
  const streams = await openStreams(options.streams, ownStage, (error) => stopping.abort(error)).catch(
    (error: unknown) => {
      forget();
      throw error;
    },
  );
  let created = false;
  let gone = true;
  try {
    const pid = await create(options, streams.io.config, signal);
    created = true;
    const ended = options.streams.detach ? undefined : beginWait(client, { containerId: id }, signal);
    if (options.pidFile !== '') writePidFile(options.pidFile, pid);
    const { io, console } = streams;
    await network?.connect(pid);
    // Before the start: a process that asks for the size at once shall not see none.
    if (console) await passSize({ client, process: { containerId: id }, stage: ownStage }, console);
    const start = () => client.tasks.start({ containerId: id }, { signal });
    if (!ended) {
      await start();
      network?.leave();
      io.handOver();
      return 0;
    }
    const status = await stayWith({
      client,
      process: { containerId: id },
      io,
      console,
      ended,
      stage: ownStage,
      start,
    });
    await client.tasks.delete(id);
    await network?.disconnect().catch((error: unknown) => stage.warn('failed to remove network', error));
    await checkOutput(io);
    return status;
  } catch (error) {
    // Interrupted or cut off, it may have been created without our knowing.
    const unsure = stage.signal.aborted || hasKind(error, 'unavailable');
    if (created || (unsure && options.ownsContainer)) gone = await undone(destroyTask(client, id));
    await network?.disconnect().catch((failure: unknown) => stage.warn('failed to remove network', failure));
    throw gone ? error : leftRunning(error, id);
  } finally {
    streams.close();
    if (gone) forget();
  }
}

/** CNI's code is loaded for those that want a network. */
async function networkOf(
  client: Client,
  container: Container,
  signal: AbortSignal,
): Promise<Network | undefined> {
  if (!wantsNetwork(container)) return undefined;
  const { prepareNetwork } = await import('./network.js');
  return prepareNetwork(client, container, signal);
}

async function create(
  { client, container, noPivot, checkpoint }: StartTaskOptions,
  stdio: TaskStdio,
  signal: AbortSignal,
): Promise<number> {
  const { id, snapshotKey, snapshotter, runtime } = container;
  const rootfs =
    snapshotKey === '' ? [] : await client.snapshots(snapshotter).mounts(snapshotKey, { signal });
  const options: Any | undefined = noPivot
    ? packRuncOptions({ noPivotRoot: true }, runtime?.options)
    : undefined;
  return client.tasks.create(
    id,
    { rootfs, stdio, ...(options ? { options } : {}), ...(checkpoint ? { checkpoint } : {}) },
    uninterrupted,
  );
}

/** Kills a task and deletes it, in any state; one that is not there is fine. */
export async function destroyTask(client: Client, id: string): Promise<void> {
  const cleanup = client.forCleanup();
  const process = { containerId: id };
  try {
    const ended = cleanup.tasks.wait(process);
    ended.catch(() => undefined);
    const killed = await succeeds(cleanup.tasks.kill(process, SIGKILL, { all: true }));
    if (killed) await ended;
    await cleanup.tasks.delete(id);
  } catch (error) {
    ignoreEnded(error);
  }
}

/** Whether there was a process to kill. */
export function succeeds(killing: Promise<void>): Promise<boolean> {
  return killing.then(
    () => true,
    (error: unknown) => {
      ignoreEnded(error);
      return false;
    },
  );
}

/** The pid in decimal, no newline; renamed into place, so that nobody reads half of it. */
function writePidFile(file: string, pid: number): void {
  const draft = `${file}.${process.pid}`;
  try {
    writeFileSync(draft, String(pid), { flag: 'wx' });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new KindError('failed precondition', `failed to create temp file: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

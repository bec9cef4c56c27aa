import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { packJson, typeUrls } from '../client/typeurl.js';
import { hasKind, KindError } from '../oci/errors.js';
import { encodeProcess } from '../oci/spec/encode.js';
import { mergeEnv } from '../oci/spec/env.js';
import type { Process } from '../oci/spec/types.js';
import { resolveContainerUser } from '../oci/spec/user.js';
import { beginWait, checkOutput, stayWith, type Stage } from './foreground.js';
import { ignoreEnded } from './gone.js';
import { note } from './journal.js';
import { loadContainerTask } from './load-task.js';
import { specOf } from './spec-of.js';
import { succeeds } from './start-task.js';
import { checkStreams, fifoRootOf, openStreams, type StreamChoice } from './task-io.js';
import { leftRunning, undone } from './undo.js';
import { uninterrupted } from './uninterrupted.js';
import { readUserFiles, type ContainerRoot } from './user-files.js';

/** A process to run in a running container. */
export interface ExecOptions {
  readonly client: Client;
  readonly id: string;
  readonly execId: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** `name|uid[:group|gid]`; empty for the container's own. */
  readonly user: string;
  /** Set on top of the container's. */
  readonly env: readonly string[];
  readonly streams: StreamChoice;
  readonly stage: Stage;
}

const SIGKILL = 9;

/**
 * Runs a process in a running container (Tasks.Exec, Tasks.Start), and stays with it unless it is
 * detached; gives its exit status. An interrupted one is killed and deleted.
 */
export async function execProcess(options: ExecOptions): Promise<number> {
  const { client, id, execId, stage } = options;
  checkStreams(options.streams);
  const { container } = await loadContainerTask(client, id);
  const spec = packJson(typeUrls.process, encodeProcess(await processOf(options, container)));
  const stopping = new AbortController();
  const signal = AbortSignal.any([stage.signal, stopping.signal]);
  const ownStage = { ...stage, signal };
  const { address, namespace } = client;
  const fifoRoot = fifoRootOf(options.streams);
  const forget = note({ kind: 'exec', address, namespace, id, execId, fifoRoot });
  let added = false;
  let gone = true;
  let streams;
  try {
    streams = await openStreams(options.streams, ownStage, (error) => stopping.abort(error));
    const { io, console } = streams;
    await client.tasks.exec(id, execId, io.config, spec, uninterrupted);
    added = true;
    const process = { containerId: id, execId };
    const ended = options.streams.detach ? undefined : beginWait(client, process, signal);
    const start = () => client.tasks.start(process, { signal });
    if (!ended) {
      await start();
      io.handOver();
      return 0;
    }
    const status = await stayWith({ client, process, io, console, ended, stage: ownStage, start });
    await client.tasks.deleteProcess(id, execId);
    await checkOutput(io);
    return status;
  } catch (error) {
    if (added) gone = await undone(destroyExec(client, id, execId));
    // Cut off, it may have been added: not started, it has no process, and one that has is not ours.
    else if (hasKind(error, 'unavailable')) gone = await undone(forgetExec(client, id, execId));
    throw gone ? error : leftRunning(error, execId);
  } finally {
    streams?.close();
    if (gone) forget();
  }
}

/** The container's own process with another command line (ctr: `task exec`). */
async function processOf(options: ExecOptions, container: Container): Promise<Process> {
  const { args, cwd, streams, user, env } = options;
  const { process } = specOf(container);
  if (!process)
    throw new KindError(
      'failed precondition',
      `container ${JSON.stringify(container.id)} has no process to copy`,
    );
  return {
    ...process,
    args,
    terminal: streams.terminal,
    ...(cwd === '' ? {} : { cwd }),
    ...(env.length === 0 ? {} : { env: mergeEnv(process.env ?? [], env) }),
    ...(user === '' ? {} : { user: await otherUser(options, container) }),
  };
}

/** ctr: `task exec --user` gives uid and gid, and no other group. */
async function otherUser(
  { client, user, stage }: ExecOptions,
  container: Container,
): Promise<NonNullable<Process['user']>> {
  const { snapshotter, snapshotKey } = container;
  const root = async (): Promise<ContainerRoot> =>
    snapshotKey === ''
      ? { folder: specOf(container).root?.path ?? '/nonexistent' }
      : { mounts: await client.snapshots(snapshotter).mounts(snapshotKey, { signal: stage.signal }) };
  const files = await readUserFiles({ flag: user }, root, stage.signal);
  const found = resolveContainerUser({ flag: user }, files);
  if (!found) throw new KindError('invalid argument', `invalid USER value ${user}`);
  return { uid: found.uid, gid: found.gid, additionalGids: [found.gid] };
}

/** Kills an exec and deletes it; one that is not there is fine. */
export async function destroyExec(client: Client, id: string, execId: string): Promise<void> {
  const cleanup = client.forCleanup();
  const process = { containerId: id, execId };
  try {
    const ended = cleanup.tasks.wait(process);
    ended.catch(() => undefined);
    // One that was never started cannot be killed, and never ends.
    if (await succeeds(cleanup.tasks.kill(process, SIGKILL))) await ended.catch(ignoreEnded);
    await cleanup.tasks.deleteProcess(id, execId);
  } catch (error) {
    ignoreEnded(error);
  }
}

/** Deletes an exec that was not started. */
function forgetExec(client: Client, id: string, execId: string): Promise<void> {
  return client
    .forCleanup()
    .tasks.deleteProcess(id, execId)
    .then(() => undefined, ignoreEnded);
}

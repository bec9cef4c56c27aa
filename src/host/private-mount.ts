import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { posix } from 'node:path';
import { KindError } from '../oci/errors.js';
import { commonFolder, mountCall } from './mount-command.js';
import { layersOf, type SnapshotMount } from './snapshot-layers.js';

/** A mount that only a child of this process sees. */
export interface PrivateMount {
  /** Where this process finds what is mounted. */
  readonly root: string;
  /** Ends the child and with it the mount. */
  readonly release: () => Promise<void>;
}

/** Milliseconds; a mount takes a few. */
const patience = 20_000;

/** Says it is ready, then waits for the end of its input, which comes even if this process is killed. */
const script = 'mount "$@" && echo ready && read -r _';

/**
 * Mounts a snapshot, read-only unless it is to be written, in a mount namespace of a child's own. The host never has this mount, so none is left
 * behind, however this process ends.
 * @throws KindError 'unavailable' with mount(8)'s text, 'canceled', 'deadline exceeded'
 */
export async function mountPrivately(
  mount: SnapshotMount,
  signal?: AbortSignal,
  access: 'read' | 'write' = 'read',
): Promise<PrivateMount> {
  // Nobody in that namespace needs the directory for temporary files, so none has to be made, or cleaned up.
  const target = realpathSync(tmpdir());
  const { cwd, args } = access === 'read' ? mountCommand(mount, target) : mountCall(mount, target);
  const child = spawn(
    'unshare',
    ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...args],
    // The new mount API takes options of at most 256 bytes; a list of layers is longer.
    { cwd, detached: true, env: { PATH: process.env['PATH'], LC_ALL: 'C', LIBMOUNT_FORCE_MOUNT2: 'always' } },
  );
  try {
    await untilReady(child, signal);
  } catch (error) {
    await end(child);
    throw error;
  }
  return { root: `/proc/${child.pid}/root${target}`, release: () => end(child) };
}

/** What mount(8) is called with. */
export interface MountCommand {
  /** Layers are named relative to it: the kernel takes a page of options at most, and an image may have 120 layers. */
  readonly cwd: string;
  readonly args: readonly string[];
}

/** The command that mounts a snapshot read-only. An overlay's upper directory becomes a lower one: nothing is written. */
export function mountCommand(mount: SnapshotMount, target: string): MountCommand {
  const layers = mount.type === 'overlay' ? layersOf([mount]) : undefined;
  const ours = ['ro', 'nosuid', 'nodev', 'noexec'];
  if (layers === undefined) {
    const kept = mount.options.filter((option) => option !== 'rw');
    const options = [...kept, ...ours].join(',');
    return { cwd: '/', args: ['-t', mount.type, '-o', options, '--', mount.source, target] };
  }
  const cwd = commonFolder(layers);
  const names = layers.map((layer) => posix.relative(cwd, layer));
  const kept = mount.options.filter((option) => !/^(?:rw$|upperdir=|lowerdir=|workdir=)/.test(option));
  const options = [...kept, `lowerdir=${names.join(':')}`, ...ours].join(',');
  return { cwd, args: ['-t', 'overlay', '-o', options, '--', 'overlay', target] };
}

async function untilReady(child: ChildProcessWithoutNullStreams, signal?: AbortSignal): Promise<void> {
  const deadline = AbortSignal.timeout(patience);
  const ending = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
  const complaint: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => complaint.push(text));
  try {
    const ready = once(child.stdout, 'data', { signal: ending });
    const failed = once(child, 'close', { signal: ending }).then(() => {
      const reason = complaint.join('').trim() || 'mounting failed';
      throw new KindError('unavailable', `cannot look into the snapshot: ${reason}`);
    });
    // The loser of the race settles when the child ends, with nobody waiting.
    for (const promise of [ready, failed]) promise.catch(() => undefined);
    await Promise.race([ready, failed]);
  } catch (cause) {
    if (cause instanceof KindError) throw cause;
    if (signal?.aborted === true) throw new KindError('canceled', 'context canceled', { cause });
    if (deadline.aborted)
      throw new KindError('deadline exceeded', 'mounting the snapshot took too long', { cause });
    throw new KindError('unavailable', `cannot look into the snapshot: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Kills the child, and a mount(8) of it that hangs. */
async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}

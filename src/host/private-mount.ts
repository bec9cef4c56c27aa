import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { KindError } from '../oci/errors.js';
import { readRootfsFile } from './rootfs.js';
import { layersOf, type SnapshotFiles, type SnapshotMount } from './snapshot-layers.js';

/** Milliseconds; a mount takes a few. */
const patience = 20_000;

/** Says it is ready, then waits for the end of its input: that comes even if this process is killed. */
const script = 'mount "$@" && echo ready && read -r _';

/**
 * Reads files of a snapshot through a read-only mount in a mount namespace of a child's own. The host has no mount at
 * any time, so none is left behind, however this process ends.
 * @throws KindError 'unavailable' with mount(8)'s text, 'canceled', 'deadline exceeded'
 */
export async function readMounted<Path extends string>({
  mounts,
  paths,
  signal,
}: SnapshotFiles<Path>): Promise<ReadonlyMap<Path, Uint8Array>> {
  const [mount] = mounts;
  if (mount === undefined || mounts.length > 1) {
    throw new KindError('not implemented', `cannot look into a snapshot of ${mounts.length} mounts`);
  }
  const target = mkdtempSync(join(tmpdir(), 'tctr-rootfs-'));
  const { cwd, args } = mountCommand(mount, target);
  const child = spawn(
    'unshare',
    ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...args],
    // The new mount API takes options of at most 256 bytes; a list of layers is longer.
    {
      cwd,
      stdio: 'pipe',
      detached: true,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', LIBMOUNT_FORCE_MOUNT2: 'always' },
    },
  );
  try {
    await untilReady(child, signal);
    const root = `/proc/${child.pid}/root${target}`;
    const contents = new Map<Path, Uint8Array>();
    for (const path of paths) {
      const content = readRootfsFile(root, path);
      if (content !== undefined) contents.set(path, content);
    }
    return contents;
  } finally {
    await end(child);
    rmdirSync(target);
  }
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
    const type = mount.type === 'bind' ? [] : ['-t', mount.type];
    return { cwd: '/', args: [...type, '-o', [...kept, ...ours].join(','), '--', mount.source, target] };
  }
  const cwd = commonDirectory(layers);
  const names = layers.map((layer) => posix.relative(cwd, layer));
  const kept = mount.options.filter((option) => !/^(?:rw|upperdir=.*|lowerdir=.*|workdir=.*)$/.test(option));
  const options = [...kept, `lowerdir=${names.join(':')}`, ...ours];
  return { cwd, args: ['-t', 'overlay', '-o', options.join(','), '--', 'overlay', target] };
}

function commonDirectory(paths: readonly string[]): string {
  const [first = '/', ...others] = paths.map((path) => posix.dirname(path));
  let common = first;
  while (!others.every((path) => path === common || path.startsWith(posix.join(common, '/')))) {
    common = posix.dirname(common);
  }
  return common;
}

async function untilReady(
  child: ChildProcessWithoutNullStreams,
  signal: AbortSignal | undefined,
): Promise<void> {
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

/** Kills the child and a mount(8) that hangs; their namespace and the mount in it go with them. */
async function end(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await gone;
}

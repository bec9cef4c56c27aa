import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { countMounts } from '../host/mount-table.js';
import { mountCall } from '../host/mount-command.js';
import type { SnapshotMount } from '../host/snapshot-layers.js';
import { KindError } from '../oci/errors.js';

/** Milliseconds that mount(8) may take; it needs a few. */
export const mountPatience = 20_000;

/** The shell's status where there is no such program. */
const notFound = 127;

/** Bytes of a complaint of mount(8) that are worth keeping. */
const complaintLimit = 4096;

/**
 * Mounts a snapshot on a folder of the host, with mount(8): Node.js has no mount(2).
 * @param target an absolute path without links
 * @throws KindError with mount(8)'s reason
 */
export async function mountOn(mounts: readonly SnapshotMount[], target: string): Promise<void> {
  for (const mount of mounts) {
    const { cwd, args } = mountCall(mount, target);
    const reason = await complaint('mount', args, cwd);
    if (reason !== undefined) throw refused(`cannot mount on ${target}`, reason);
  }
}

/**
 * Takes mounts off a path until no more than `depth` are left on it; none at all is fine.
 * @param target an absolute path without links
 * @throws KindError, 'device or resource busy' where something uses it
 */
export async function unmountFrom(target: string, depth = 0): Promise<void> {
  for (let left = countMounts(target); left > depth;) {
    const reason = await complaint('umount', ['-n', '--', target], '/');
    const now = countMounts(target);
    if (reason !== undefined && now >= left) throw refused(`failed to unmount target ${target}`, reason);
    left = now;
  }
}

/**
 * Becomes the program once it is told to. If this process is killed before that, nothing is mounted; from then on
 * everybody sees what works on the target (see mountingEnded), which a fork that is still this program does not show.
 */
const onceTold = 'read -r _ && exec "$0" "$@"';

/**
 * Runs mount(8) or umount(8), in a session of its own, so that Ctrl-C does not end it half-way; undefined when it did what
 * it was asked.
 */
async function complaint(program: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  const child = spawn('sh', ['-c', onceTold, program, ...args], {
    cwd,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    // The new mount API takes options of at most 256 bytes; a list of layers is longer.
    env: { PATH: process.env['PATH'], LC_ALL: 'C', LIBMOUNT_FORCE_MOUNT2: 'always' },
  });
  child.stdin.on('error', () => undefined).end('\n'); // it may be gone: its end tells
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    text = (text + part).slice(0, complaintLimit);
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), mountPatience);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    if (code === 0) return undefined;
    if (code === notFound) throw notInstalled(program);
    return text.trim() || (signal === null ? `${program} failed (${code})` : `${program} took too long`);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw notInstalled(program, cause); // not even a shell
  } finally {
    clearTimeout(timer);
  }
}

function notInstalled(program: string, cause?: unknown): KindError {
  return new KindError('unavailable', `${program} is not installed`, {
    cause,
    hint: 'it comes with util-linux',
  });
}

/** mount(8)'s words, in the kernel's where a reader looks for those. */
function refused(what: string, complaint: string): KindError {
  const reason = complaint.split('\n')[0] ?? '';
  if (/busy/i.test(reason)) {
    return new KindError('failed precondition', `${what}: device or resource busy`, {
      hint: 'a process works in it: fuser -vm tells which',
    });
  }
  if (/superuser|permission denied|not permitted/i.test(reason)) {
    return new KindError('permission denied', `${what}: operation not permitted`, {
      hint: 'run as root',
    });
  }
  return new KindError('unknown', `${what}: ${reason.replace(/^u?mount: /, '').replace(/\.$/, '')}`);
}

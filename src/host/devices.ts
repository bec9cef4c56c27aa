import { lstatSync, readdirSync, readFileSync, statSync, type BigIntStats, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { KindError } from '../oci/errors.js';
import type { LinuxDevice } from '../oci/spec/types.js';
import { deviceNumber } from './device-number.js';

/** Directories that belong to the host's own mounts. */
const skipped: ReadonlySet<string> = new Set(['pts', 'shm', 'fd', 'mqueue', '.lxc', '.lxd-mounts', '.udev']);

/** Every device node of the host, as `--privileged` gives them to a container. */
export function hostDevices(): readonly LinuxDevice[] {
  return devicesAt('/dev');
}

/**
 * The device node at a path, or all below a directory (`--device`).
 * @throws KindError 'not found' or 'invalid argument' with ctr's text
 */
export function devicesAt(path: string): readonly LinuxDevice[] {
  if (isDirectory(path)) return devicesBelow(path);
  const device = deviceFromStats(path, lstatSync(path, { bigint: true }));
  if (device !== undefined) return [device];
  const message = `get device path: ${JSON.stringify(path)} containerPath: "" error: not a device node`;
  throw new KindError('invalid argument', message);
}

function devicesBelow(directory: string): readonly LinuxDevice[] {
  const found: LinuxDevice[] = [];
  for (const entry of sortedEntries(directory)) {
    const path = join(directory, entry.name);
    try {
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) found.push(...devicesBelow(path));
      } else if (entry.name !== 'console') {
        const device = deviceFromStats(path, lstatSync(path, { bigint: true }));
        if (device !== undefined && device.type !== 'p') found.push(device);
      }
    } catch (error) {
      if (!isIgnorable(error, entry)) throw error;
    }
  }
  return found;
}

/** A node that vanished is none; in a user namespace some are out of reach. */
function isIgnorable(error: unknown, entry: Dirent): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return (code === 'ENOENT' && !entry.isDirectory()) || (code === 'EACCES' && inUserNamespace());
}

function sortedEntries(directory: string): readonly Dirent[] {
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (cause) {
    const { code = 'EIO' } = cause as NodeJS.ErrnoException;
    const reason = reasons.get(code) ?? code;
    const message = `error stating device path: stat ${path}: ${reason}`;
    throw new KindError(code === 'ENOENT' ? 'not found' : 'unknown', message, { cause });
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'no such file or directory'],
  ['ENOTDIR', 'not a directory'],
  ['EACCES', 'permission denied'],
  ['ELOOP', 'too many levels of symbolic links'],
]);

function deviceFromStats(path: string, stats: BigIntStats): LinuxDevice | undefined {
  const type = stats.isBlockDevice()
    ? 'b'
    : stats.isCharacterDevice()
      ? 'c'
      : stats.isFIFO()
        ? 'p'
        : undefined;
  if (type === undefined) return undefined;
  return {
    path,
    type,
    ...deviceNumber(stats.rdev),
    fileMode: Number(stats.mode & 0o7777n),
    uid: Number(stats.uid),
    gid: Number(stats.gid),
  };
}

function inUserNamespace(): boolean {
  const [inside, outside, length] = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/);
  return !(inside === '0' && outside === '0' && length === '4294967295');
}

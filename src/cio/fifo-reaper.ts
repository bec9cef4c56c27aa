import { lstatSync, readdirSync, readlinkSync, rmSync, statSync, type BigIntStats } from 'node:fs';
import { basename, join } from 'node:path';
import { defaultFifoRoot } from './fifo-root.js';
import { ownerLink } from './fifos.js';
import { isAlive, parseOwner } from './owner.js';

const bigint = { bigint: true } as const;

/** Where to reap, and what counts as old. */
export interface ReapOptions {
  readonly root?: string;
  /** Younger directories are left alone: a daemon may just be about to open what a dead client has asked for. */
  readonly minAgeMs?: number;
}

/**
 * Removes FIFO directories whose owner (see createFifos) has died and left them, and returns their paths.
 * A directory stays if it names no owner (ctr's, or handed over to a task), if the owner lives, if it is younger than
 * `minAgeMs`, or if any process has one of its FIFOs open: the shim of a task that outlived its client.
 */
export function reapFifoDirs({
  root = defaultFifoRoot,
  minAgeMs = 60_000,
}: ReapOptions = {}): readonly string[] {
  const orphans = listDirs(root).filter((dir) => isOrphan(dir, minAgeMs));
  // To look through every process is dear, and there is seldom a reason to.
  if (orphans.length === 0) return [];
  const names = new Set(orphans.flatMap((dir) => readdirSync(dir)));
  const open = openFiles(names);
  if (open === undefined) return [];
  const isUsed = (dir: string) =>
    readdirSync(dir).some((name) => open.has(fileId(lstatSync(join(dir, name), bigint))));
  const unused = orphans.filter((dir) => !isUsed(dir));
  for (const dir of unused) rmSync(dir, { recursive: true, force: true });
  return unused;
}

function listDirs(root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(root, name));
  } catch {
    return []; // no root, or none that we may read: there is nothing of ours in it
  }
}

function isOrphan(dir: string, minAgeMs: number): boolean {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  if (stat === undefined || Date.now() - stat.mtimeMs < minAgeMs) return false;
  try {
    const owner = parseOwner(readlinkSync(join(dir, ownerLink)));
    return owner !== undefined && !isAlive(owner);
  } catch {
    return false; // no owner, or removed by its owner meanwhile
  }
}

/**
 * The open files with one of these names, by device and inode, as their paths differ between mount namespaces.
 * Undefined if some process cannot be looked into, so that nobody knows.
 */
function openFiles(names: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const open = new Set<string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) addIfNamed(`/proc/${pid}/fd/${fd}`, names, open);
    } catch (error) {
      if (!hasGone(error)) return undefined;
    }
  }
  return open;
}

function addIfNamed(path: string, names: ReadonlySet<string>, open: Set<string>): void {
  try {
    // By name first: stat(2) on just any file may hang, on a dead NFS server for one.
    if (names.has(basename(readlinkSync(path)))) open.add(fileId(statSync(path, bigint)));
  } catch (error) {
    if (!hasGone(error)) throw error;
  }
}

function hasGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ESRCH';
}

function fileId({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`;
}

import { closeSync, constants, lstatSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { defaultFifoRoot } from './fifo-root.js';
import { fifoDirPrefix, ownerLink, removeFifoDir } from './fifos.js';
import { isAlive, parseOwner } from './owner.js';

/** Where to reap, and what counts as old. */
export interface ReapOptions {
  readonly root?: string;
  /** Younger directories are left alone: a daemon may just be about to open what a dead client has asked for. */
  readonly minAgeMs?: number;
}

/**
 * Removes FIFO directories (see createFifos) whose owner has died and left them, and those that were handed over to a
 * task or half removed, and returns their paths. A directory stays if it is not tctr's, if the owner lives, if it is
 * younger than `minAgeMs`, or if any process reads one of its FIFOs: the shim of a task that outlived its client, which
 * keeps the reading ends of all of them as long as the process runs.
 */
export function reapFifoDirs({
  root = defaultFifoRoot,
  minAgeMs = 60_000,
}: ReapOptions = {}): readonly string[] {
  const unused = listDirs(root).filter((dir) => isOrphan(dir, minAgeMs) && !isRead(dir));
  for (const dir of unused) removeFifoDir(dir);
  return unused;
}

/**
 * Removes the FIFO directories of one dead owner that nobody reads any more. False while there are others: a shim closes
 * its ends a moment after its process is gone, and a second tctr at the same work has them open too.
 */
export function reapFifosOf(owner: string, root: string): boolean {
  const left = listDirs(root).filter((dir) => ownerOf(dir) === owner);
  const unused = left.filter((dir) => !isRead(dir));
  for (const dir of unused) removeFifoDir(dir);
  return unused.length === left.length;
}

/**
 * Opens both ends of every FIFO that a dead owner left, until the result is called. A shim that was about
 * to open its own ends waits for ours, and holds up each call about that process meanwhile.
 */
export function holdFifosOf(owner: string, root: string): () => void {
  const fds = listDirs(root)
    .filter((dir) => ownerOf(dir) === owner)
    .flatMap((dir) => fifosIn(dir).flatMap(openBothEnds));
  return () => fds.splice(0).forEach((fd) => closeSync(fd));
}

function openBothEnds(fifo: string): readonly number[] {
  try {
    return [openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOFOLLOW)];
  } catch {
    return []; // removed meanwhile
  }
}

function listDirs(root: string): string[] {
  try {
    return readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name.startsWith(fifoDirPrefix))
      .map(({ name }) => join(root, name));
  } catch {
    return []; // no root, or none that we may read: there is nothing of ours in it
  }
}

function isOrphan(dir: string, minAgeMs: number): boolean {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  if (stat === undefined || Date.now() - stat.mtimeMs < minAgeMs) return false;
  const owner = parseOwner(ownerOf(dir));
  return owner === undefined || !isAlive(owner);
}

/** Empty if it has no owner, or is gone. */
function ownerOf(dir: string): string {
  try {
    return readlinkSync(join(dir, ownerLink));
  } catch {
    return '';
  }
}

/** The kernel knows of readers in every pid and mount namespace, where a look through /proc might not show them. */
function isRead(dir: string): boolean {
  return fifosIn(dir).some(hasReader);
}

function fifosIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isFIFO())
      .map(({ name }) => join(dir, name));
  } catch {
    return []; // removed meanwhile
  }
}

function hasReader(fifo: string): boolean {
  try {
    closeSync(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENXIO'; // fifo(7): ENXIO if nobody reads it
  }
}

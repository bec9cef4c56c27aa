import { lstatSync, mkdtempSync, readdirSync, rmdirSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KindError } from '../oci/errors.js';
import { defaultFifoRoot, ensureFifoRoot } from './fifo-root.js';
import { mkfifo } from './mkfifo.js';
import { currentOwner, formatOwner } from './owner.js';

/** The stdio of a task or exec as containerd takes it (Tasks.Create, Tasks.Exec): paths or URIs, '' for none. */
export interface TaskStdio {
  readonly stdin: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminal: boolean;
}

/** A directory of FIFOs that this process has created. */
export interface Fifos {
  readonly dir: string;
  readonly stdio: TaskStdio;
  /** Gives the directory to the task: it is no longer marked as ours, and `remove` leaves it alone. */
  handOver(): void;
  /** Removes the directory; at once, any number of times. */
  remove(): void;
}

/** How {@link createFifos} makes its directory. */
export interface FifoOptions {
  /** Where the directory is made; ctr's `--fifo-dir`. */
  readonly root?: string;
  /** The container's id, or the exec's. */
  readonly id: string;
  /** Whether the process gets a stdin. */
  readonly stdin: boolean;
  /** A terminal has no stderr. */
  readonly terminal: boolean;
  readonly signal?: AbortSignal;
}

/**
 * The link in a FIFO directory that names its owner. A link, as it is made and read in one step: there is no
 * moment with half of it.
 */
export const ownerLink = '.tctr-owner';
/** What the names of FIFO directories begin with. */
export const fifoDirPrefix = 'tctr-';

/**
 * Makes a directory with the FIFOs of a task or exec, as ctr names them: `<root>/<random>/<id>-stdout`.
 * @throws KindError 'invalid argument' on an id that is no file name, else as ensureFifoRoot and mkfifo do.
 */
export async function createFifos({
  root = defaultFifoRoot,
  id,
  stdin,
  terminal,
  signal,
}: FifoOptions): Promise<Fifos> {
  // Whether the id is a good one is containerd's to say; here it must only not lead out of the directory.
  if (/[/\0]/.test(id)) throw new KindError('invalid argument', `${JSON.stringify(id)} cannot name a FIFO`);
  ensureFifoRoot(root);
  const owner = formatOwner(currentOwner());
  const dir = mkdtempSync(join(root, fifoDirPrefix));
  const path = (name: string) => join(dir, `${id}-${name}`);
  const stdio: TaskStdio = {
    stdin: stdin ? path('stdin') : '',
    stdout: path('stdout'),
    stderr: terminal ? '' : path('stderr'),
    terminal,
  };
  let owned = true;
  const remove = () => {
    if (owned) removeFifoDir(dir);
    owned = false;
  };
  const handOver = () => {
    owned = false;
    rmSync(join(dir, ownerLink), { force: true });
  };
  try {
    symlinkSync(owner, join(dir, ownerLink));
    await mkfifo(fifoPaths(stdio), signal);
  } catch (error) {
    remove();
    throw error;
  }
  return { dir, stdio, handOver, remove };
}

/** Removes a directory of FIFOs; its owner's link last, so that what a SIGKILL leaves of it still has an owner. */
export function removeFifoDir(dir: string): void {
  try {
    const names = readdirSync(dir).filter((name) => name !== ownerLink);
    for (const name of names) rmSync(join(dir, name), { recursive: true, force: true });
    rmSync(join(dir, ownerLink), { force: true });
    rmdirSync(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/**
 * Removes the FIFOs that Tasks.Get names, and their directory if nothing else is in it, as `ctr task delete` does.
 * Anything that is no FIFO (a log file, a URI) stays.
 */
export function removeTaskFifos(stdio: TaskStdio): void {
  for (const path of fifoPaths(stdio)) {
    if (!isFifo(path)) continue;
    unlinkSync(path);
    removeEmptyDir(dirname(path));
  }
}

function fifoPaths({ stdin, stdout, stderr }: TaskStdio): string[] {
  return [stdin, stdout, stderr].filter((path) => path !== '');
}

function isFifo(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false;
}

function removeEmptyDir(dir: string): void {
  try {
    rmdirSync(dir);
  } catch {
    // Not empty (another FIFO, a log), or gone already: neither is ours to settle.
  }
}

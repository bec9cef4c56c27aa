import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { KindError } from '../oci/errors.js';

/** Where ctr keeps its FIFO directories (`--fifo-dir`'s default). */
export const defaultFifoRoot = '/run/containerd/fifo';

const groupOrOthersWrite = 0o022;
const sticky = 0o1000;

/**
 * Creates the root of the FIFO directories, mode 0700, and makes sure that nobody else can exchange what we put there.
 * @throws KindError 'failed precondition' if it is a link, no directory, somebody else's, or others may write to it.
 */
export function ensureFifoRoot(root: string): void {
  try {
    makeFolders(root);
  } catch (error) {
    // EEXIST: something that is no directory, on which the check below has more to say.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw unusable(root, (error as Error).message, error);
  }
  const stat = lstatSync(root);
  if (stat.isSymbolicLink()) throw unusable(root, 'it is a symbolic link');
  if (!stat.isDirectory()) throw unusable(root, 'it is not a directory');
  const { mode, uid } = stat;
  if (uid !== 0 && uid !== process.geteuid?.()) throw unusable(root, `it belongs to uid ${uid}`);
  if ((mode & groupOrOthersWrite) !== 0 && (mode & sticky) === 0) {
    throw unusable(root, `others may write to it (mode ${(mode & 0o7777).toString(8)})`);
  }
}

/** Node's own `recursive` never returns where a file system says ENOENT to a new folder, as /proc does. */
function makeFolders(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const parent = dirname(path);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || existsSync(parent)) throw error;
    makeFolders(parent);
    mkdirSync(path, { mode: 0o700 });
  }
}

function unusable(root: string, reason: string, cause?: unknown): KindError {
  return new KindError('failed precondition', `cannot keep FIFOs in ${root}: ${reason}`, { cause });
}

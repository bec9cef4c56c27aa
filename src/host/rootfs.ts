import { closeSync, constants, fstatSync, openSync, readlinkSync, readSync, type Stats } from 'node:fs';
import { KindError } from '../oci/errors.js';

/** Bytes; what containerd allows a user database. */
const maxFile = 10 << 20;

/** As the kernel's. */
const maxLinks = 40;

/** Linux's, which node:fs lacks: a descriptor to look at a file without opening it. */
const O_PATH = 0o10000000;

/**
 * Reads a file of a container's root as seen by a process in it. The root is not trusted: links are resolved within it,
 * nothing but a regular file is opened, and at most 10 MiB are read.
 * @returns undefined if there is no such file
 * @throws KindError 'failed precondition' for what is no regular file, too big, or a loop of links
 */
export function readRootfsFile(root: string, path: string): Uint8Array | undefined {
  const found = readLayeredFile([root], path);
  if (found === 'ambiguous') throw refuse(path, 'a single directory cannot be ambiguous');
  return found;
}

/**
 * Like {@link readRootfsFile} for the layers of an overlay, topmost first.
 * @returns 'ambiguous' if the answer depends on attributes of overlayfs that Node cannot read: a directory may hide the
 * one below it or stand for one that was renamed, and a file may have its content in a lower layer
 * @throws KindError as {@link readRootfsFile}
 */
export function readLayeredFile(
  layers: readonly string[],
  path: string,
): Uint8Array | 'ambiguous' | undefined {
  const walk = new LayerWalk(layers);
  try {
    return walk.read(path);
  } finally {
    walk.close();
  }
}

/** A directory in the topmost layer that has it. */
interface Directory {
  readonly fd: number;
  /** Whether overlayfs may add to it what lower layers have, or under another name had before a rename. */
  readonly mergeable: boolean;
}

interface Entry {
  readonly fd: number;
  readonly stats: Stats;
  /** Where a link points to, '' for all else. */
  readonly target: string;
  readonly mergeable: boolean;
}

/** Holds a descriptor for every directory it came by, so that renames meanwhile cannot lead it out of the root. */
class LayerWalk {
  private readonly open = new Set<number>();
  private readonly layers: readonly Directory[];

  constructor(layers: readonly string[]) {
    this.layers = layers.map((layer, place) => {
      const fd = openSync(layer, O_PATH | constants.O_DIRECTORY);
      this.open.add(fd);
      return { fd, mergeable: place < layers.length - 1 };
    });
  }

  /** Reads a file's content; what it may be instead, {@link readLayeredFile} tells. */
  read(path: string): Uint8Array | 'ambiguous' | undefined {
    const entry = this.find(path);
    if (entry === undefined || entry === 'ambiguous') return entry;
    if (!entry.stats.isFile()) throw refuse(path, 'is not a regular file');
    // A file without blocks may be a placeholder of overlayfs, for a file below or for none.
    if (entry.mergeable && entry.stats.blocks === 0) return 'ambiguous';
    return readWhole(entry.fd, path);
  }

  close(): void {
    for (const fd of this.open) closeSync(fd);
    this.open.clear();
  }

  private find(path: string): Entry | 'ambiguous' | undefined {
    let pending = path.split('/');
    let trail: readonly Directory[] = [];
    let links = 0;
    for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
      if (name === '' || name === '.') continue;
      if (name === '..') {
        trail = trail.slice(0, -1);
        continue;
      }
      const entry = this.lookUp(trail.at(-1), name);
      if (entry === undefined || entry === 'ambiguous') return entry;
      if (entry.stats.isDirectory()) {
        trail = [...trail, entry];
      } else if (entry.stats.isSymbolicLink()) {
        if (++links > maxLinks) throw refuse(path, 'too many levels of symbolic links');
        if (entry.target.startsWith('/')) trail = [];
        pending = [...entry.target.split('/'), ...pending];
      } else if (pending.length > 0) {
        throw refuse(path, 'not a directory');
      } else {
        return entry;
      }
    }
    throw refuse(path, 'is not a regular file');
  }

  /** Looks into a directory; undefined is the root, which is always all layers' roots together. */
  private lookUp(directory: Directory | undefined, name: string): Entry | 'ambiguous' | undefined {
    for (const { fd, mergeable } of directory ? [directory] : this.layers) {
      const entry = this.lookAt(`/proc/self/fd/${fd}/${name}`, mergeable);
      if (entry === undefined) continue;
      return this.layers.length > 1 && isWhiteout(entry.stats) ? undefined : entry;
    }
    return directory?.mergeable === true ? 'ambiguous' : undefined;
  }

  private lookAt(path: string, mergeable: boolean, tries = maxTries): Entry | undefined {
    try {
      const fd = openSync(path, O_PATH | constants.O_NOFOLLOW);
      this.open.add(fd);
      const stats = fstatSync(fd);
      return { fd, stats, mergeable, target: stats.isSymbolicLink() ? readlinkSync(path) : '' };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      // What was a link when it was opened has been swapped for something else before it was read.
      if (code === 'EINVAL' && tries > 1) return this.lookAt(path, mergeable, tries - 1);
      throw error;
    }
  }
}

/** Looks at a name that is swapped all the time before it is given up. */
const maxTries = 100;

/** How overlayfs marks a name that lower layers have and the container has not. */
function isWhiteout(stats: Stats): boolean {
  return stats.isCharacterDevice() && stats.rdev === 0;
}

/** Opens the very file that the descriptor stands for, and reads it. */
function readWhole(fd: number, path: string): Uint8Array {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY;
  const file = openSync(`/proc/self/fd/${fd}`, flags);
  try {
    const chunks: Uint8Array[] = [];
    let total = 0;
    for (;;) {
      const chunk = new Uint8Array(64 << 10);
      const length = readSync(file, chunk);
      if (length === 0) return Buffer.concat(chunks, total);
      total += length;
      if (total > maxFile) throw refuse(path, `exceeds ${maxFile} bytes`);
      chunks.push(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
}

function refuse(path: string, problem: string): KindError {
  return new KindError('failed precondition', `${path} in the container's root: ${problem}`);
}

import { KindError } from '../oci/errors.js';
import { mountPrivately } from './private-mount.js';
import { readLayeredFile, readRootfsFile } from './rootfs.js';
import { layersOf, type SnapshotMount } from './snapshot-layers.js';

/** Files to read out of a snapshot. */
export interface SnapshotFiles<Path extends string> {
  readonly mounts: readonly SnapshotMount[];
  /** Absolute, as a process in the container sees them. */
  readonly paths: Iterable<Path>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads files of a snapshot: out of its layers where that is certain, else through a mount that no other process sees
 * and that the kernel takes away with this one.
 * @returns the contents; a file that is not there has no entry
 * @throws KindError 'failed precondition' for what is no regular file or over 10 MiB, 'unavailable' if mounting fails
 */
export async function readSnapshotFiles<Path extends string>({
  mounts,
  paths,
  signal,
}: SnapshotFiles<Path>): Promise<ReadonlyMap<Path, Uint8Array>> {
  const contents = new Map<Path, Uint8Array>();
  const pending: Path[] = [];
  const layers = layersOf(mounts);
  for (const path of paths) {
    const found = layers === undefined ? 'ambiguous' : readLayeredFile(layers, path);
    if (found === 'ambiguous') pending.push(path);
    else if (found !== undefined) contents.set(path, found);
  }
  if (pending.length === 0) return contents;

  const [mount] = mounts;
  if (mount === undefined || mounts.length > 1) {
    throw new KindError('not implemented', `cannot look into a snapshot of ${mounts.length} mounts`);
  }
  const { root, release } = await mountPrivately(mount, signal);
  try {
    for (const path of pending) {
      const found = readRootfsFile(root, path);
      if (found !== undefined) contents.set(path, found);
    }
    return contents;
  } finally {
    await release();
  }
}

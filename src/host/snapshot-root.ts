import { readLayeredFile } from './rootfs.js';
import { readMounted } from './private-mount.js';
import { layersOf, type SnapshotFiles } from './snapshot-layers.js';

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
  const mounted = await readMounted({ mounts, paths: pending, signal });
  return new Map([...contents, ...mounted]);
}

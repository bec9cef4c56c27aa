import type { Mount } from '../client/snapshots.js';
import { readRootfsFile } from '../host/rootfs.js';
import { readSnapshotFiles } from '../host/snapshot-root.js';
import { userFilesNeeded, type UserFile, type UserFiles, type UserSources } from '../oci/spec/user.js';

/** A container's root: the mounts that it is put together from, or a folder. */
export type ContainerRoot = { readonly mounts: readonly Mount[] } | { readonly folder: string };

/**
 * The files of a container's root that its users are looked up in: none, and `root` is not asked for, where ids
 * are numbers. A file that is not there has no entry.
 */
export async function readUserFiles(
  sources: UserSources,
  root: () => ContainerRoot | Promise<ContainerRoot>,
  signal: AbortSignal,
): Promise<UserFiles> {
  const paths = [...userFilesNeeded(sources)];
  if (paths.length === 0) return new Map();
  const from = await root();
  return 'mounts' in from
    ? readSnapshotFiles({ mounts: from.mounts, paths, signal })
    : readFolder(from.folder, paths);
}

function readFolder(folder: string, paths: readonly UserFile[]): UserFiles {
  return new Map(
    paths.flatMap((path) => {
      const bytes = readRootfsFile(folder, path);
      return bytes ? [[path, bytes] as const] : [];
    }),
  );
}

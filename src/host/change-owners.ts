import { chmod, lchown, lstat, readdir } from 'node:fs/promises';

/** Gives the owner of a file from the one that it has. */
export type NewOwner = (owner: { readonly uid: number; readonly gid: number }) => {
  readonly uid: number;
  readonly gid: number;
};

/** Files that are worked on at a time. */
const width = 16;
const specialBits = 0o7000;
const separator = Buffer.from('/');

/**
 * Gives everything below a folder, and the folder, to other owners. Links are not followed, and set-user-id bits stay.
 * @throws what `owner` throws, with the files before it changed
 */
export async function changeOwners(root: string, owner: NewOwner, signal: AbortSignal): Promise<void> {
  const folders = [Buffer.from(root)];
  await change(Buffer.from(root), owner);
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    for (let i = 0; i < entries.length; i += width) {
      signal.throwIfAborted();
      const part = entries.slice(i, i + width).map((entry) => ({
        path: Buffer.concat([folder as Buffer, separator, entry.name as unknown as Buffer]),
        isFolder: entry.isDirectory(),
      }));
      await Promise.all(part.map(({ path }) => change(path, owner)));
      for (const { path, isFolder } of part) if (isFolder) folders.push(path);
    }
  }
}

async function change(path: Buffer, owner: NewOwner): Promise<void> {
  const stat = await lstat(path);
  const { uid, gid } = owner(stat);
  await lchown(path, uid, gid);
  // The kernel takes these bits away with the owner.
  if (!stat.isSymbolicLink() && (stat.mode & specialBits) !== 0) await chmod(path, stat.mode & 0o7777);
}

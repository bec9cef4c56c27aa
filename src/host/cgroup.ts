import { readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where cgroup hierarchies are mounted: one with v2, one for each set of controllers with v1. */
async function hierarchies(): Promise<string[]> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8');
  return mounts.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const type = after?.split(' ')[0];
    const point = before?.split(' ')[4];
    return point !== undefined && (type === 'cgroup' || type === 'cgroup2') ? [point] : [];
  });
}

/**
 * Removes the cgroup that containers of a namespace were put below, in every hierarchy; a cgroup that is
 * not there is no error. The name must be a valid namespace (the daemon has checked it).
 * @throws Error EBUSY while processes are in it.
 */
export async function removeNamespaceCgroup(namespace: string): Promise<void> {
  for (const hierarchy of await hierarchies()) await removeTree(join(hierarchy, namespace));
}

/** A cgroup has no files of its own to unlink: only the folders go, the deepest first. */
async function removeTree(path: string): Promise<void> {
  try {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      if (entry.isDirectory()) await removeTree(join(path, entry.name));
    }
    await rmdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

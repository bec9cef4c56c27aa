import type { Snapshots } from '../client/snapshots.js';
import { hasKind } from '../oci/errors.js';
import { limited } from './limited.js';

/** What one snapshot takes by itself, without those below it. */
export interface SnapshotUsage {
  readonly key: string;
  /** Bytes. */
  readonly size: bigint;
  readonly inodes: bigint;
}

/** Usages asked for at once: the daemon walks the files of each. */
const width = 8;

/**
 * The usage of the given snapshots, of all if none are given (Snapshots.List, Snapshots.Usage). One that goes while all
 * are looked at is left out.
 * @throws ContainerdError 'not found' for a key that was given.
 */
export async function snapshotUsages(
  snapshots: Snapshots,
  keys: readonly string[],
): Promise<readonly SnapshotUsage[]> {
  const slot = limited(width);
  const usage = (key: string): Promise<SnapshotUsage> =>
    slot(async () => ({ key, ...(await snapshots.usage(key)) }));
  if (keys.length > 0) return Promise.all(keys.map(usage));
  const all: Promise<SnapshotUsage | undefined>[] = [];
  for await (const { name } of snapshots.list()) {
    const one = usage(name).catch((error: unknown) => {
      if (!hasKind(error, 'not found')) throw error;
      return undefined;
    });
    one.catch(() => undefined); // it is awaited below, when the list has ended
    all.push(one);
  }
  return (await Promise.all(all)).filter((one) => one !== undefined);
}

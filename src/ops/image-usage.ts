import type { Client } from '../client/client.js';
import { chainIds } from '../oci/chain-id.js';
import { hasKind, KindError, prefixed } from '../oci/errors.js';
import { defaultPlatform } from '../oci/platform.js';
import { imageForPlatform } from './image-for-platform.js';
import { snapshotUsages, type SnapshotUsage } from './snapshot-usage.js';

/**
 * What each layer of an unpacked image takes, the topmost first (Snapshots.Usage, side by side).
 * @throws KindError 'not found' for the image or a blob; 'failed precondition' where it is not unpacked
 */
export async function imageUsage(
  client: Client,
  ref: string,
  snapshotter: string,
): Promise<readonly SnapshotUsage[]> {
  const reading = imageForPlatform(client, ref, defaultPlatform());
  reading.catch(() => undefined); // awaited below; a name that leads nowhere is told in other words
  await client.images.get(ref).catch((error: unknown) => {
    throw prefixed(`failed to ensure if image ${ref} exists`, error);
  });
  const unclear = `failed to ensure if image ${ref} has been unpacked in snapshotter ${snapshotter}`;
  const { config } = await reading.catch((error: unknown) => {
    throw prefixed(unclear, error);
  });
  const keys = chainIds(config.diffIds).reverse();
  const [top] = keys;
  if (top === undefined) throw notUnpacked(ref, snapshotter);
  const snapshots = client.snapshots(snapshotter);
  const usages = snapshotUsages(snapshots, keys);
  usages.catch(() => undefined); // whether it is unpacked at all is told first
  await snapshots.stat(top).catch((error: unknown) => {
    throw hasKind(error, 'not found') ? notUnpacked(ref, snapshotter) : prefixed(unclear, error);
  });
  return usages;
}

function notUnpacked(ref: string, snapshotter: string): KindError {
  return new KindError('failed precondition', `image ${ref} isn't unpacked in snapshotter ${snapshotter}`, {
    hint: `tctr image mount, run and snapshot unpack do that; --snapshotter looks into another one`,
  });
}

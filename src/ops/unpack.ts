import { randomBytes } from 'node:crypto';
import type { Client } from '../client/client.js';
import type { Snapshots } from '../client/snapshots.js';
import { chainIds } from '../oci/chain-id.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { Digest } from '../oci/digest.js';
import { KindError, hasKind, prefixed } from '../oci/errors.js';
import { ignoreNotFound } from './gone.js';

/** An image's layers, to be made snapshots. */
export interface UnpackOptions {
  readonly client: Client;
  readonly snapshotter: string;
  readonly config: Descriptor;
  /** The layers' blobs, and the digests of what is in them, in the same order. */
  readonly layers: readonly Descriptor[];
  readonly diffIds: readonly Digest[];
  /** Resolves when the blob is in the content store: unpacking goes on while later layers still download. */
  readonly fetched?: (layer: Descriptor) => Promise<void>;
  readonly syncFs?: boolean;
}

/**
 * Unpacks an image's layers (Snapshots.Prepare, Diff.Apply, Snapshots.Commit for each), and ties the top
 * snapshot to the config, so that the collector keeps it. Layers that are there already are skipped.
 * Gives the chain ID.
 */
export async function unpack(options: UnpackOptions): Promise<Digest> {
  const { client, snapshotter, config, layers, diffIds } = options;
  if (layers.length !== diffIds.length) {
    throw new KindError(
      'invalid argument',
      `mismatched image rootfs and manifest layers: ${diffIds.length} and ${layers.length}`,
    );
  }
  const chain = chainIds(diffIds);
  const snapshots = client.snapshots(snapshotter);
  const present = await Promise.all(chain.map((id) => isThere(snapshots, id)));
  for (const [i, layer] of layers.entries()) {
    await options.fetched?.(layer);
    if (!present[i])
      await unpackLayer(options, layer, diffIds[i] as Digest, chain[i] as Digest, chain[i - 1] ?? '');
  }
  const top = chain.at(-1);
  if (top === undefined) throw new KindError('invalid argument', 'the image has no layers to unpack');
  const label = `containerd.io/gc.ref.snapshot.${snapshotter}`;
  await client.content.update(config.digest, new Map([[label, top]]), [`labels.${label}`]);
  return top;
}

async function isThere(snapshots: Snapshots, chainId: Digest): Promise<boolean> {
  try {
    await snapshots.stat(chainId);
    return true;
  } catch (error) {
    if (!hasKind(error, 'not found')) throw prefixed(`failed to stat snapshot ${chainId}`, error);
    return false;
  }
}

async function unpackLayer(
  { client, snapshotter, syncFs }: UnpackOptions,
  layer: Descriptor,
  diffId: Digest,
  chainId: Digest,
  parent: string,
): Promise<void> {
  const snapshots = client.snapshots(snapshotter);
  const key = `extract-${process.hrtime.bigint()}-${randomBytes(3).toString('base64url')} ${chainId}`;
  const mounts = await snapshots.prepare(key, parent);
  try {
    const applied = await client.diff
      .apply(layer, mounts, { syncFs: syncFs ?? false })
      .catch((error: unknown) => {
        throw prefixed(`failed to extract layer ${diffId}`, error);
      });
    if (applied.digest !== diffId) {
      throw new KindError(
        'failed precondition',
        `wrong diff id calculated on extraction "${applied.digest}", expected "${diffId}"`,
      );
    }
    await snapshots.commit(chainId, key);
  } catch (error) {
    await client.forCleanup().snapshots(snapshotter).remove(key).catch(ignoreNotFound);
    // Another pull has unpacked the same layer meanwhile.
    if (!hasKind(error, 'already exists')) throw error;
  }
  const label = 'containerd.io/uncompressed';
  await client.content.update(layer.digest, new Map([[label, diffId]]), [`labels.${label}`]);
}

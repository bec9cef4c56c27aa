import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { SnapshotKind, type Mount } from '../client/snapshots.js';
import { sha256Digest } from '../oci/chain-id.js';
import { checkpointTypes, type CheckpointIndex } from '../oci/checkpoint.js';
import type { Descriptor, Platform } from '../oci/descriptor.js';
import { hasKind } from '../oci/errors.js';
import { defaultPlatform } from '../oci/platform.js';
import { formatJson, type JsonValue } from '../output/json.js';
import { ignoreNotFound } from './gone.js';
import { newLeaseId } from './lease.js';
import { uninterrupted } from './uninterrupted.js';

/** Parts say what machine they are for, without the variant, as ctr's do. */
export function machine(): Platform {
  const { os, architecture } = defaultPlatform();
  return { os, architecture };
}

/** Keeps bytes as a blob (Content.Write). Call it under a lease. */
export async function writeBlob(
  client: Client,
  blob: {
    readonly mediaType: string;
    readonly bytes: Uint8Array;
    readonly labels?: ReadonlyMap<string, string>;
  },
): Promise<Descriptor> {
  const { mediaType, bytes, labels } = blob;
  const digest = sha256Digest(bytes);
  const size = BigInt(bytes.length);
  const descriptor = { mediaType, digest, size, annotations: new Map<string, string>() };
  // The lease's name is in it: nobody else writes this ingest.
  const ref = `checkpoint-${newLeaseId()}`;
  try {
    const writer = await client.content.writer(ref, { digest, size });
    try {
      // A blob that another namespace has is there already.
      await writer.write(bytes.subarray(Number(writer.offset)));
      await writer.commit(labels);
    } catch (error) {
      writer.close();
      throw error;
    }
  } catch (error) {
    await client
      .forCleanup()
      .content.abort(ref)
      .catch(() => undefined);
    if (!hasKind(error, 'already exists')) throw error;
    if (labels && labels.size > 0) {
      await client.content.update(
        digest,
        labels,
        [...labels.keys()].map((key) => `labels.${key}`),
      );
    }
  }
  return descriptor;
}

/**
 * Packs what a container has written (Snapshots.View, Diff.Diff) into a layer.
 * @throws KindError 'not found' where it has no snapshot
 */
export async function writtenLayer(
  client: Client,
  { snapshotter, snapshotKey }: Pick<Container, 'snapshotter' | 'snapshotKey'>,
): Promise<Descriptor> {
  const snapshots = client.snapshots(snapshotter);
  const { parent, kind } = await snapshots.stat(snapshotKey);
  const views: string[] = [];
  const view = async (of: string): Promise<readonly Mount[]> => {
    const key = `${of}-view-${newLeaseId()}`;
    views.push(key);
    return snapshots.view(key, of, new Map(), uninterrupted);
  };
  try {
    const lower = await view(parent);
    const upper =
      kind === SnapshotKind.COMMITTED ? await view(snapshotKey) : await snapshots.mounts(snapshotKey);
    const layer = await client.diff.diff(lower, upper, {
      mediaType: '',
      // A name of its own: the daemon may still be busy with the layer for a tctr that was killed.
      ref: `checkpoint-rw-${newLeaseId()}`,
      labels: new Map(),
    });
    return { ...layer, platform: machine() };
  } finally {
    const cleanup = client.forCleanup().snapshots(snapshotter);
    await Promise.all(views.map((key) => cleanup.remove(key).catch(ignoreNotFound)));
  }
}

/** Keeps a checkpoint's index, which keeps its parts from the collector. Call it under a lease. */
export async function writeIndex(client: Client, index: CheckpointIndex): Promise<Descriptor> {
  const labels = new Map(
    index.manifests.map(({ digest }, i) => [`containerd.io/gc.ref.content.${i}`, digest] as const),
  );
  const bytes = new TextEncoder().encode(encodeIndex(index));
  return writeBlob(client, { mediaType: checkpointTypes.index, bytes, labels });
}

/** As Go writes it: no parts are `null`. */
export function encodeIndex({ manifests, annotations }: CheckpointIndex): string {
  return formatJson({
    schemaVersion: 2,
    manifests: manifests.length === 0 ? null : manifests.map(descriptorJson),
    annotations: annotations.size === 0 ? undefined : annotations,
  });
}

function descriptorJson({ mediaType, digest, size, annotations, platform, urls }: Descriptor): JsonValue {
  return {
    mediaType,
    digest,
    size,
    urls: urls === undefined || urls.length === 0 ? undefined : urls,
    annotations: annotations.size === 0 ? undefined : annotations,
    platform: platform && {
      architecture: platform.architecture,
      os: platform.os,
      'os.version': platform.osVersion,
      'os.features': platform.osFeatures,
      variant: platform.variant,
    },
  };
}

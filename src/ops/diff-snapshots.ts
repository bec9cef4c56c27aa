import { createHash, randomBytes } from 'node:crypto';
import type { Client } from '../client/client.js';
import { SnapshotKind, type Mount, type SnapshotInfo, type Snapshots } from '../client/snapshots.js';
import type { Descriptor } from '../oci/descriptor.js';
import { digestAlgorithm } from '../oci/digest.js';
import { hasKind, KindError } from '../oci/errors.js';
import type { Timestamp } from '../output/time.js';
import { copyOut } from './copy-out.js';
import { withLease } from './lease.js';
import { uninterrupted } from './uninterrupted.js';

/** Two snapshots to compare, and where the layer goes. */
export interface DiffSnapshotsOptions {
  readonly client: Client;
  readonly snapshotter: string;
  /** One id: what it has more than its parent. Two: what the second has more than the first. */
  readonly ids: readonly [id: string, other?: string];
  readonly mediaType: string;
  /** The ingest's name; empty for the daemon's choice. */
  readonly ref: string;
  /** Labels of the blob. Only a label of the collector's keeps it beyond this call. */
  readonly labels: ReadonlyMap<string, string>;
  readonly sourceDateEpoch?: Timestamp | undefined;
  /** The descriptor that the layer is written to. */
  readonly stdout: number;
  readonly signal: AbortSignal;
}

/**
 * Writes the layer that leads from one snapshot to another (Snapshots.View, Diff.Diff, Content.Read), and checks its digest.
 * The views and the blob are gone afterwards, unless the labels keep the blob.
 * @throws KindError 'not found' for a snapshot; 'data loss' where the bytes are not what the daemon said.
 */
export async function diffSnapshots(options: DiffSnapshotsOptions): Promise<void> {
  const { client, snapshotter, stdout, signal } = options;
  const [first, second] = options.ids;
  // Before the lease, which would make a namespace that is not there yet.
  const snapshots = client.snapshots(snapshotter);
  const wanted = second === undefined ? [first] : [first, second];
  const infos = await settled(wanted.map((id) => snapshots.stat(id)));
  await withLease(
    client,
    async (leased) => {
      const layer = await pack(leased, infos, options);
      await copyOut(verified(leased, layer), { fd: stdout, signal });
    },
    { sync: true },
  );
}

/** Makes the layer in the content store. */
async function pack(
  leased: Client,
  [first, second]: readonly SnapshotInfo[],
  options: DiffSnapshotsOptions,
): Promise<Descriptor> {
  const { snapshotter, mediaType, ref, labels, sourceDateEpoch } = options;
  const views = new Views(leased.snapshots(snapshotter));
  try {
    const [left, right] = await settled([
      second === undefined ? views.make((first as SnapshotInfo).parent) : views.of(first as SnapshotInfo),
      views.of(second ?? (first as SnapshotInfo)),
    ]);
    return await leased.diff.diff(left ?? [], right ?? [], { mediaType, ref, labels, sourceDateEpoch });
  } finally {
    await views.remove(leased.forCleanup().snapshots(snapshotter));
  }
}

/** Waits for all: none is still being made when another has failed, and of two failures the first one is told. */
async function settled<T>(works: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}

/** Views for the time of a comparison: a committed snapshot has no mounts of its own. */
class Views {
  private readonly keys: string[] = [];

  constructor(private readonly snapshots: Snapshots) {}

  of({ name, kind }: SnapshotInfo): Promise<readonly Mount[]> {
    return kind === SnapshotKind.COMMITTED ? this.make(name) : this.snapshots.mounts(name);
  }

  async make(parent: string): Promise<readonly Mount[]> {
    const key = `${parent}-view-${process.hrtime.bigint()}-${randomBytes(3).toString('base64url')}`;
    const mounts = await this.snapshots.view(key, parent, new Map(), uninterrupted);
    this.keys.push(key);
    return mounts;
  }

  async remove(snapshots: Snapshots): Promise<void> {
    await Promise.all(
      this.keys.map((key) =>
        snapshots.remove(key).catch((error: unknown) => {
          if (!hasKind(error, 'not found')) throw error;
        }),
      ),
    );
  }
}

async function* verified(client: Client, { digest, size }: Descriptor): AsyncGenerator<Uint8Array> {
  const hash = createHash(digestAlgorithm(digest));
  let read = 0n;
  for await (const chunk of client.content.read(digest)) {
    hash.update(chunk);
    read += BigInt(chunk.length);
    yield chunk;
  }
  const found = `${digestAlgorithm(digest)}:${hash.digest('hex')}`;
  if (found === digest && read === size) return;
  throw new KindError(
    'data loss',
    `the layer was damaged on its way: got ${read} bytes with digest ${found}, expected ${size} with ${digest}`,
    { hint: 'what was written is not to be used: try again' },
  );
}

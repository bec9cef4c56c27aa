import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Container } from '../../../src/gen/services/containers/v1/containers.js';
import type { Image } from '../../../src/gen/services/images/v1/images.js';
import type { Info as BlobInfo } from '../../../src/gen/services/content/v1/content.js';
import type { Info as SnapshotInfo } from '../../../src/gen/services/snapshots/v1/snapshots.js';
import type { Lease, Resource } from '../../../src/gen/services/leases/v1/leases.js';
import type { Timestamp } from '../../../src/gen/google/protobuf/timestamp.js';
import type { Digest } from '../../../src/oci/digest.js';
import type { Process } from './process.js';
import { notFound } from './refusal.js';

/** A lease and what it keeps. */
export interface HeldLease extends Lease {
  readonly resources: Resource[];
}

/** A snapshot, and the folder that its layer would be in. */
export interface Snapshot extends SnapshotInfo {
  readonly layer: string;
}

/** Bytes on their way into the content store. */
export interface Ingest {
  readonly ref: string;
  data: Buffer;
  total: bigint;
  readonly startedAt: Timestamp;
  updatedAt: Timestamp;
  /** Someone writes to it. */
  locked: boolean;
}

/** What one namespace holds; every map is by name. */
export class Bucket {
  labels: ReadonlyMap<string, string> = new Map();
  readonly containers = new Map<string, Container>();
  readonly images = new Map<string, Image>();
  readonly blobs = new Map<Digest, BlobInfo>();
  readonly ingests = new Map<string, Ingest>();
  readonly leases = new Map<string, HeldLease>();
  /** Of each snapshotter. */
  readonly snapshots = new Map<string, Map<string, Snapshot>>();
  /** Init processes by container. */
  readonly tasks = new Map<string, Process>();
}

/** All that the fake daemon remembers; tests may look, and put things in. */
export class State {
  readonly namespaces = new Map<string, Bucket>();
  /** Bytes are shared by all namespaces. */
  readonly bytes = new Map<Digest, Buffer>();
  readonly snapshotters: readonly string[] = ['native', 'overlayfs'];
  /** What Diff.Apply gives for a blob instead of what is true. */
  readonly diffIds = new Map<Digest, Digest>();
  private layers = 0;

  constructor(
    /** The fake's own folder. */
    readonly dir: string,
    /** The daemon's clock. */
    public clock: () => Timestamp = systemClock,
  ) {}

  /** What a namespace holds; nothing, and it is not made, where nobody has written to it. */
  read(namespace: string): Bucket {
    return this.namespaces.get(namespace) ?? new Bucket();
  }

  /** A namespace to write to. ctr: `ctr -n new image tag` makes it by the way. */
  write(namespace: string): Bucket {
    const bucket = this.read(namespace);
    this.namespaces.set(namespace, bucket);
    return bucket;
  }

  /** Makes a folder for a snapshot's layer. */
  newLayer(): string {
    const layer = join(this.dir, 'snapshots', String(++this.layers), 'fs');
    mkdirSync(layer, { recursive: true });
    return layer;
  }

  /** Remembers what a call's lease keeps. @throws Refusal when there is no such lease. */
  keep(bucket: Bucket, lease: string | undefined, resource: Resource): void {
    if (lease === undefined) return;
    const held = bucket.leases.get(lease);
    if (!held) throw notFound('lease does not exist: not found');
    held.resources.push(resource);
  }
}

function systemClock(): Timestamp {
  const now = Date.now();
  return { seconds: BigInt(Math.floor(now / 1000)), nanos: (now % 1000) * 1_000_000 };
}

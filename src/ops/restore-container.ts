import { decodeAny } from '../client/checkpoint-options.js';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import type { Any } from '../client/typeurl.js';
import { chainId } from '../oci/chain-id.js';
import { annotationOf, checkpointTypes, partOf, type CheckpointIndex } from '../oci/checkpoint.js';
import type { Descriptor } from '../oci/descriptor.js';
import { KindError } from '../oci/errors.js';
import { validateIdentifier } from '../oci/identifier.js';
import { decodeIndex } from '../oci/image-index.js';
import { isIndex } from '../oci/media-types.js';
import { defaultPlatform } from '../oci/platform.js';
import { ignoreNotFound } from './gone.js';
import { imageForPlatform } from './image-for-platform.js';
import { note } from './journal.js';
import { withLease } from './lease.js';
import { recordContainer } from './record-container.js';
import { undone } from './undo.js';
import { uninterrupted } from './uninterrupted.js';

/** A checkpoint to make a container from. */
export interface RestoreOptions {
  readonly client: Client;
  readonly id: string;
  /** The checkpoint's image. */
  readonly target: Descriptor;
  /** With what the container had written. */
  readonly written: boolean;
  /** To go on where the process was; criu has to be installed where containerd runs. */
  readonly live: boolean;
  readonly signal: AbortSignal;
}

/** The container, and what its task is to be created from. */
export interface Restored {
  readonly container: Container;
  readonly checkpoint: Descriptor | undefined;
}

/**
 * Makes a container from a checkpoint (Snapshots.Prepare, Diff.Apply, Containers.Create). A failure leaves nothing.
 * @throws KindError 'not found' for what the checkpoint lacks; 'already exists' for the id
 */
export async function restoreContainer(options: RestoreOptions): Promise<Restored> {
  const { client, id, target, written, live } = options;
  validateIdentifier(id);
  const index = await readIndex(client, target);
  const image = annotationOf(index, 'image');
  const snapshotter = annotationOf(index, 'snapshotter');
  // All of it is looked for before anything is made.
  const parts = {
    spec: partOf(index, checkpointTypes.spec),
    runtime: annotationOf(index, 'runtime'),
    options: index.manifests.find(({ mediaType }) => mediaType === checkpointTypes.runtimeOptions),
    layer: written ? partOf(index, checkpointTypes.layer) : undefined,
    process: live ? processOf(index, target) : undefined,
  };
  const { config } = await imageForPlatform(client, image, defaultPlatform());
  const parent = chainId(config.diffIds) ?? '';
  const [spec, runtimeOptions] = await Promise.all([
    readAny(client, parts.spec),
    parts.options && readAny(client, parts.options),
  ]);
  const container: Container = {
    id,
    labels: new Map(),
    image,
    runtime: { name: parts.runtime, options: runtimeOptions },
    spec,
    snapshotter,
    snapshotKey: id,
    createdAt: undefined,
    updatedAt: undefined,
    extensions: new Map(),
    sandbox: '',
  };
  const created = await withLease(client, (leased) =>
    make(leased, container, parent, parts.layer, options.signal),
  );
  return { container: created, checkpoint: parts.process };
}

function processOf({ manifests }: CheckpointIndex, { digest }: Descriptor): Descriptor {
  const found = manifests.find(({ mediaType }) => mediaType === checkpointTypes.criu);
  if (found) return found;
  throw new KindError('not found', `checkpoint not found in index ${digest}`, {
    hint: 'its process is not in it: restore without --live',
  });
}

async function make(
  client: Client,
  container: Container,
  parent: string,
  layer: Descriptor | undefined,
  signal: AbortSignal,
): Promise<Container> {
  const { id, snapshotter } = container;
  const mounts = await client.snapshots(snapshotter).prepare(id, parent, new Map(), uninterrupted);
  const forget = note({ kind: 'container', address: client.address, namespace: client.namespace, id });
  try {
    if (layer) await client.diff.apply(layer, mounts);
    const created = await recordContainer(client, container, signal);
    forget();
    return created;
  } catch (error) {
    if (await undone(client.forCleanup().snapshots(snapshotter).remove(id).catch(ignoreNotFound))) forget();
    throw error;
  }
}

async function readIndex(client: Client, target: Descriptor): Promise<CheckpointIndex> {
  // As ctr: what is no index has none of the annotations.
  if (!isIndex(target.mediaType)) return { manifests: [], annotations: new Map() };
  const content = await client.content.readAll(target.digest);
  return decodeIndex({ content, mediaType: target.mediaType });
}

async function readAny(client: Client, { digest, mediaType }: Descriptor): Promise<Any> {
  const bytes = await client.content.readAll(digest);
  try {
    return decodeAny(bytes);
  } catch (error) {
    throw new KindError('data loss', `${mediaType} ${digest} cannot be read`, { cause: error });
  }
}

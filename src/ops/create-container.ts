import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { packJson, typeUrls, type Any } from '../client/typeurl.js';
import { chainIds } from '../oci/chain-id.js';
import type { Platform } from '../oci/descriptor.js';
import type { Digest } from '../oci/digest.js';
import { hasKind, KindError } from '../oci/errors.js';
import { validateIdentifier } from '../oci/identifier.js';
import { buildSpec, type SpecInput } from '../oci/spec/build.js';
import { encodeSpec } from '../oci/spec/encode.js';
import { containerLabels, type SkippedLabel } from '../oci/spec/labels.js';
import { resolveContainerUser } from '../oci/spec/user.js';
import { namespaceDefaults } from './defaults.js';
import { ignoreNotFound } from './gone.js';
import { imageForPlatform, type PlatformImage } from './image-for-platform.js';
import { note } from './journal.js';
import { withLease } from './lease.js';
import { recordContainer } from './record-container.js';
import { undone } from './undo.js';
import { unpack } from './unpack.js';
import { readUserFiles } from './user-files.js';

/** What a container is made of. */
export interface CreateContainerOptions {
  readonly client: Client;
  readonly id: string;
  readonly from: ContainerSource;
  /** The command line after the id; it replaces the image's. */
  readonly args: readonly string[];
  /** All that flags say of the spec. */
  readonly spec: Omit<SpecInput, 'namespace' | 'id' | 'from' | 'args' | 'user' | 'labels'>;
  /** --user. */
  readonly user?: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  /** Empty for the namespace's default. */
  readonly runtime: string;
  readonly runtimeOptions: (runtime: string) => Any | undefined;
  /** Empty for the namespace's default. */
  readonly snapshotter: string;
  readonly snapshotterLabels: ReadonlyMap<string, string>;
  readonly sandbox: string;
  /** With a user namespace: the snapshotter maps the files, told by labels; else they are given to the mapped owners. */
  readonly remapLabels?: boolean;
  readonly extensions?: ReadonlyMap<string, Any>;
  readonly syncFs?: boolean;
  readonly signal: AbortSignal;
  readonly onSkippedLabel: (label: SkippedLabel) => void;
  /** Called at the moment the record exists, before anything else is waited for: no interruption takes it back now. */
  readonly onCreated?: () => void;
}

/** An image, a folder, or a whole spec. */
export type ContainerSource =
  | { readonly kind: 'image'; readonly ref: string; readonly platform: Platform }
  | { readonly kind: 'rootfs'; readonly path: string }
  | { readonly kind: 'config'; readonly spec: string };

/**
 * Makes a container: its snapshot, its spec, its record (Snapshots.Prepare, Containers.Create). A failure
 * leaves nothing behind, so that the same id can be tried again at once.
 */
export async function createContainer(options: CreateContainerOptions): Promise<Container> {
  checkId(options.id);
  const { client, from } = options;
  // Before the lease, which would make a namespace that is not there yet.
  const [{ runtime, snapshotter }] = await Promise.all([
    namespaceDefaults(client),
    from.kind === 'image' ? requireImage(client, from.ref) : undefined,
  ]);
  return withLease(client, async (leased) => {
    const chosen = {
      ...options,
      client: leased,
      runtime: options.runtime || runtime,
      snapshotter: options.snapshotter || snapshotter,
    };
    switch (from.kind) {
      case 'image':
        return fromImage(chosen, from.ref, from.platform);
      case 'rootfs':
        return fromRootfs(chosen, from.path);
      case 'config':
        return record(chosen, { spec: from.spec, labels: options.labels });
    }
  });
}

/** The image that a container is to be made from is not there. */
export class MissingImageError extends KindError {}

async function requireImage(client: Client, ref: string): Promise<void> {
  try {
    await client.images.get(ref);
  } catch (error) {
    if (!hasKind(error, 'not found')) throw error;
    throw new MissingImageError('not found', (error as KindError).message, { cause: error });
  }
}

/** Before anything is made: the daemon would notice only behind the snapshot. */
function checkId(id: string): void {
  try {
    validateIdentifier(id);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    throw new KindError(error.kind, `create container failed validation: container.ID: ${error.message}`, {
      cause: error,
    });
  }
}

async function fromImage(
  options: CreateContainerOptions,
  ref: string,
  platform: Platform,
): Promise<Container> {
  const { client, id, snapshotter } = options;
  const image = await imageForPlatform(client, ref, platform);
  const parent = await ensureUnpacked(options, image);
  const snapshots = client.snapshots(snapshotter);
  const base = await mappedParent(options, parent);
  const mounts = await snapshots.prepare(id, base.parent, base.labels);
  const forget = note({ kind: 'container', address: client.address, namespace: client.namespace, id });
  try {
    const sources = { image: image.config.process.user, flag: options.user };
    const files = await readUserFiles(sources, () => ({ mounts }), options.signal);
    const { process } = image.config;
    const { labels, skipped } = containerLabels({
      imageConfig: process.labels,
      image: image.image.labels,
      flags: options.labels,
      stopSignal: process.stopSignal,
    });
    skipped.forEach(options.onSkippedLabel);
    const spec = specOf(options, { image: process }, resolveContainerUser(sources, files));
    const container = await record(options, { spec, labels, image: ref, snapshotKey: id });
    forget();
    return container;
  } catch (error) {
    if (await undone(client.forCleanup().snapshots(snapshotter).remove(id).catch(ignoreNotFound))) forget();
    throw error;
  }
}

/** The snapshot that the container's stands on, and the labels of that one. */
async function mappedParent(
  { client, snapshotter, snapshotterLabels, remapLabels = false, spec, signal }: CreateContainerOptions,
  parent: Digest,
): Promise<{ readonly parent: string; readonly labels: ReadonlyMap<string, string> }> {
  const mapping = spec.userNamespace;
  if (mapping === undefined) return { parent, labels: snapshotterLabels };
  const { mappingLabels, remapSnapshot } = await import('./remap-snapshot.js');
  // ctr: `--remap-labels` and a mapping leave no room for `--snapshotter-label`.
  const labels = remapLabels ? mappingLabels(mapping) : new Map<string, string>();
  const trusted = remapLabels && (await client.introspection.snapshotterCapabilities(snapshotter));
  if (trusted && trusted.includes('remap-ids')) return { parent, labels };
  return { parent: await remapSnapshot({ client, snapshotter, parent, mapping, signal }), labels };
}

async function fromRootfs(options: CreateContainerOptions, path: string): Promise<Container> {
  const sources = { flag: options.user };
  const files = await readUserFiles(sources, () => ({ folder: path }), options.signal);
  const spec = specOf(options, { rootfs: path }, resolveContainerUser(sources, files));
  return record(options, { spec, labels: options.labels });
}

function specOf(
  options: CreateContainerOptions,
  from: SpecInput['from'],
  user: ReturnType<typeof resolveContainerUser>,
): string {
  const { client, id, args, labels, spec } = options;
  return encodeSpec(buildSpec({ ...spec, namespace: client.namespace, id, from, args, user, labels }));
}

/** An image that was pulled for another snapshotter, or without unpacking, is unpacked now. */
async function ensureUnpacked(
  options: CreateContainerOptions,
  { manifest, config }: PlatformImage,
): Promise<Digest> {
  const { client, snapshotter } = options;
  const top = chainIds(config.diffIds).at(-1);
  if (top === undefined) throw new KindError('invalid argument', 'the image has no layers');
  try {
    await client.snapshots(snapshotter).stat(top);
    return top;
  } catch (error) {
    if (!hasKind(error, 'not found')) throw error;
  }
  return unpack({
    client,
    snapshotter,
    config: manifest.config,
    layers: manifest.layers,
    diffIds: config.diffIds,
    syncFs: options.syncFs ?? false,
  });
}

interface RecordParts {
  readonly spec: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly image?: string;
  readonly snapshotKey?: string;
}

async function record(options: CreateContainerOptions, parts: RecordParts): Promise<Container> {
  const { client, id, runtime, snapshotter, sandbox } = options;
  const { spec, labels, image = '', snapshotKey = '' } = parts;
  const container: Container = {
    id,
    labels,
    image,
    runtime: { name: runtime, options: options.runtimeOptions(runtime) },
    spec: packJson(typeUrls.spec, spec),
    snapshotter: snapshotKey === '' ? '' : snapshotter,
    snapshotKey,
    createdAt: undefined,
    updatedAt: undefined,
    extensions: options.extensions ?? new Map(),
    sandbox,
  };
  const created = await recordContainer(client, container, options.signal);
  options.onCreated?.();
  return created;
}

import { encodeAny, packCheckpointOptions } from '../client/checkpoint-options.js';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import type { Any } from '../client/typeurl.js';
import { checkpointAnnotations, checkpointTypes } from '../oci/checkpoint.js';
import type { Descriptor } from '../oci/descriptor.js';
import { KindError, prefixed } from '../oci/errors.js';
import { machine, writeBlob, writeIndex, writtenLayer } from './checkpoint-parts.js';
import { ignoreNotFound } from './gone.js';
import { withLease } from './lease.js';
import { whilePaused } from './paused.js';

/** A container to keep as an image, and what of it. */
export interface CheckpointContainerOptions {
  readonly client: Client;
  readonly id: string;
  readonly ref: string;
  /** What it is made from. */
  readonly image: boolean;
  /** What it has written. */
  readonly written: boolean;
  /** Its process: criu has to be installed where containerd runs. */
  readonly task: boolean;
}

/**
 * Keeps a container as an image of checkpoint parts (Tasks.Checkpoint, Diff.Diff, Content.Write, Images.Create). Its
 * task stands still meanwhile, and goes on. A failure leaves nothing.
 * @throws KindError 'not found' for the container, its image, its task; 'already exists' for the ref
 */
export async function checkpointContainer(options: CheckpointContainerOptions): Promise<void> {
  const { client, id, ref } = options;
  const container = await client.containers.get(id);
  const running = await client.tasks.get({ containerId: id }).catch(ignoreNotFound);
  const keep = (): Promise<void> => make(options, container);
  if (container.image === '') {
    throw new KindError('not found', 'container not created from an image: not found', {
      hint: 'a checkpoint is restored on the image that its container was made from',
    });
  }
  // As early as can be: what is made for a name that is taken was made for nothing.
  const [, taken] = await Promise.all([
    client.images.get(container.image).catch((error: unknown) => {
      throw prefixed(`failed to get image ${container.image} for container`, error);
    }),
    client.images.get(ref).catch(ignoreNotFound),
  ]);
  if (taken) throw new KindError('already exists', `image ${JSON.stringify(ref)}: already exists`);
  await (running ? whilePaused(client, id, keep) : keep());
}

async function make(options: CheckpointContainerOptions, container: Container): Promise<void> {
  const { client, ref } = options;
  const annotations = new Map([
    [checkpointAnnotations.image, container.image],
    [checkpointAnnotations.runtime, container.runtime?.name ?? ''],
    [checkpointAnnotations.snapshotter, container.snapshotter],
  ]);
  await withLease(client, async (leased) => {
    const manifests = await partsOf(leased, options, container);
    const target = await writeIndex(leased, { manifests, annotations });
    await leased.images.create({ name: ref, labels: new Map(), target });
  });
}

/** In ctr's order. */
async function partsOf(
  client: Client,
  { image, written, task }: CheckpointContainerOptions,
  container: Container,
): Promise<readonly Descriptor[]> {
  const parts: Descriptor[] = [];
  const settings = container.runtime?.options;
  if (settings && settings.value.length > 0) {
    parts.push(await envelope(client, checkpointTypes.runtimeOptions, settings));
  }
  if (image) parts.push((await client.images.get(container.image)).target);
  if (written) parts.push(await writtenLayer(client, container));
  if (task) parts.push(...(await taskParts(client, container.id)));
  return parts;
}

async function taskParts(client: Client, id: string): Promise<readonly Descriptor[]> {
  const settings = packCheckpointOptions({ fileLocks: true });
  const made = await checkpointTask(client, id, settings);
  return [...made, await envelope(client, checkpointTypes.options, settings)];
}

/** The blobs of a task's checkpoint, for this machine. @throws KindError with what criu said */
export async function checkpointTask(
  client: Client,
  id: string,
  settings: Any,
): Promise<readonly Descriptor[]> {
  try {
    const made = await client.tasks.checkpoint(id, settings);
    return made.map((part) => ({ ...part, platform: machine() }));
  } catch (error) {
    if (!(error instanceof KindError) || !/criu/i.test(error.message)) throw error;
    const missing = error.message.includes('executable file not found');
    throw new KindError(error.kind, error.message, {
      cause: error,
      hint: missing
        ? 'install criu where containerd runs, and have it in the PATH of containerd'
        : 'criu check, where containerd runs, tells what this kernel lacks; the log has the reason',
    });
  }
}

async function envelope(client: Client, mediaType: string, any: Any): Promise<Descriptor> {
  return { ...(await writeBlob(client, { mediaType, bytes: encodeAny(any) })), platform: machine() };
}

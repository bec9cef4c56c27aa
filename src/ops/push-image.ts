import type { Client } from '../client/client.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { Digest } from '../oci/digest.js';
import { hasKind } from '../oci/errors.js';
import { ingestRef } from '../oci/ingest-ref.js';
import { isForeignLayer, isIndex, isManifest } from '../oci/media-types.js';
import { referenceDigest, referenceHost, referenceRepository, type Reference } from '../oci/reference.js';
import type { ProgressEvent } from '../output/progress-events.js';
import type { Remote } from '../remotes/remote.js';
import { BlobGraph } from './blob-graph.js';
import { withEvents } from './events.js';
import { sourceLabel } from './gc-labels.js';
import { limited } from './limited.js';
import { mountSources } from './mount-sources.js';
import { readBlob } from './read-blob.js';

/** An image of the store, and where it shall go. */
export interface PushImageOptions {
  readonly client: Client;
  readonly remote: Remote;
  /** Where to; its tag goes to the target alone. */
  readonly reference: Reference;
  readonly target: Descriptor;
  /** Layers too that may not be passed on. */
  readonly foreignLayers: boolean;
  /** Blobs sent at once; 0 for the default. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/** Uploads under way when the user sets no limit. */
const defaultConcurrency = 6;

/**
 * Pushes an image with tctr as the registry's client (Content.Read, Content.Info): blobs side by side, a manifest behind
 * what it refers to, the target last. What the registry has is not sent, and need not be in the store.
 * @throws RemoteError; ContainerdError 'not found' for a blob that neither has
 */
export function pushImage(options: PushImageOptions): AsyncGenerator<ProgressEvent, void> {
  return withEvents(async (emit, stopped) => {
    // One failure ends the uploads that are still under way.
    const failed = new AbortController();
    const signal = AbortSignal.any([options.signal, stopped, failed.signal]);
    const pusher = new ImagePusher({ ...options, signal }, emit);
    try {
      await pusher.push(options.target);
    } catch (error) {
      failed.abort(error);
      await pusher.settled();
      throw error;
    }
  });
}

class ImagePusher {
  private readonly reference: Reference;
  private readonly graph: BlobGraph;
  private readonly slot: ReturnType<typeof limited>;
  /** Each digest is pushed once, however often it is referred to. */
  private readonly pushes = new Map<Digest, Promise<void>>();

  constructor(
    private readonly options: PushImageOptions,
    private readonly emit: (event: ProgressEvent) => void,
  ) {
    this.reference = forTarget(options.reference, options.target);
    this.graph = new BlobGraph(options.client);
    this.slot = limited(options.concurrency > 0 ? options.concurrency : defaultConcurrency);
  }

  /** Pushes a content and all below it. */
  push(descriptor: Descriptor, parent?: Descriptor): Promise<void> {
    const known = this.pushes.get(descriptor.digest);
    if (known) return known;
    this.status(descriptor, 'waiting', 0n);
    const { mediaType } = descriptor;
    const pushed =
      isIndex(mediaType) || isManifest(mediaType) ? this.document(descriptor) : this.blob(descriptor, parent);
    this.pushes.set(descriptor.digest, pushed);
    return pushed;
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.pushes.values());
  }

  private async document(descriptor: Descriptor): Promise<void> {
    const children = await this.graph.childrenOf(descriptor);
    const wanted = children.filter(
      ({ mediaType }) => this.options.foreignLayers || !isForeignLayer(mediaType),
    );
    await Promise.all(wanted.map((child) => this.push(child, descriptor)));
    await this.send(descriptor, []);
  }

  private blob(descriptor: Descriptor, parent: Descriptor | undefined): Promise<void> {
    return this.slot(async () => {
      this.options.signal.throwIfAborted();
      await this.send(descriptor, await this.mountSources(descriptor, parent));
    });
  }

  /** Repositories of the registry that may have the blob, as its labels, or else its manifest's, tell. */
  private async mountSources(
    { digest }: Descriptor,
    parent: Descriptor | undefined,
  ): Promise<readonly string[]> {
    const { client, signal } = this.options;
    const labels = await client.content.info(digest, { signal }).then(
      (info) => info.labels,
      async (error: unknown) => {
        if (!hasKind(error, 'not found')) throw error;
        return parent ? (await client.content.info(parent.digest, { signal })).labels : new Map();
      },
    );
    const label = (labels as ReadonlyMap<string, string>).get(sourceLabel(referenceHost(this.reference)));
    return mountSources(label ?? '', referenceRepository(this.reference));
  }

  private async send(descriptor: Descriptor, mountFrom: readonly string[]): Promise<void> {
    const { client, remote, signal } = this.options;
    const { digest, size } = descriptor;
    const ended = await remote.push(this.reference, descriptor, () => readBlob(client, digest, signal), {
      signal,
      mountFrom,
      onSent: (bytes) => {
        const sent = BigInt(bytes);
        this.status(descriptor, sent < size ? 'uploading' : 'committing', sent);
      },
    });
    // ctr: what was there already is done as well, but is not counted.
    this.status(descriptor, 'done', ended === 'pushed' ? size : 0n);
  }

  private status(descriptor: Descriptor, status: string, offset: bigint): void {
    this.emit({ kind: 'status', name: ingestRef(descriptor), status, offset, total: descriptor.size });
  }
}

/** The reference with the target's digest, so that what is pushed below it gets no tag (containerd, Client.Push). */
function forTarget(reference: Reference, { digest }: Descriptor): Reference {
  if (referenceDigest(reference) !== undefined) return reference;
  return { ...reference, object: `${reference.object}@${digest}` };
}

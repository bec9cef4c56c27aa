import { availableParallelism } from 'node:os';
import type { Client } from '../client/client.js';
import type { ProgressEvent } from '../output/progress-events.js';
import type { Descriptor } from '../oci/descriptor.js';
import { hasKind } from '../oci/errors.js';
import { decodeIndex } from '../oci/image-index.js';
import { ingestRef } from '../oci/ingest-ref.js';
import { decodeManifest } from '../oci/manifest.js';
import { isIndex, isManifest } from '../oci/media-types.js';
import type { PlatformMatcher } from '../oci/platform-matcher.js';
import { formatReference, referenceHost, referenceRepository, type Reference } from '../oci/reference.js';
import type { Remote } from '../remotes/remote.js';
import { gcLabels, sourceLabel } from './gc-labels.js';
import { ingest } from './ingest.js';
import { limited } from './limited.js';
import { selectManifests } from './select-manifests.js';

/** What to fetch of an image, and how. */
export interface FetchImageOptions {
  /** Under a lease. */
  readonly client: Client;
  readonly remote: Remote;
  readonly reference: Reference;
  /** One matcher for each platform wanted; none means every platform. */
  readonly matchers: readonly PlatformMatcher[];
  /** Take every manifest that a matcher fits, which may be none, and not only its best one, which has to be there. */
  readonly every?: boolean;
  /** Manifests and configs of the other platforms too, without their layers. */
  readonly allMetadata: boolean;
  /** Layers downloaded at once; 0 for the default. */
  readonly concurrency: number;
  readonly emit: (event: ProgressEvent) => void;
  readonly signal: AbortSignal;
}

/** A manifest of a wanted platform, its config in the store, its layers on their way. */
export interface FetchedManifest {
  readonly descriptor: Descriptor;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/** What is there once all manifests are known. */
export interface FetchedImage {
  readonly manifests: readonly FetchedManifest[];
  /** Resolves when the layer is in the content store. */
  readonly layer: (descriptor: Descriptor) => Promise<void>;
  /** Resolves when all are. */
  readonly done: Promise<void>;
  /** Resolves when nothing is under way any more, however it ended. */
  readonly settled: Promise<unknown>;
}

/**
 * Downloads of layers under way when the user sets no limit. Each keeps one of the daemon's processors busy with hashing;
 * more than there are only makes the first layers come later, and with them the unpacking.
 */
const defaultConcurrency = (): number => Math.min(6, Math.max(2, availableParallelism()));

/**
 * Fetches an image into the content store: manifests and configs first, then layers, side by side, each
 * digest once. Labels are those that containerd's collector needs.
 */
export async function fetchImage(target: Descriptor, options: FetchImageOptions): Promise<FetchedImage> {
  const fetcher = new ImageFetcher(options);
  const manifests = await fetcher.metadata(target, true);
  const wanted = manifests.filter((manifest) => manifest.wanted);
  const layers = new Map(
    wanted.flatMap(({ layers }) => layers.map((layer) => [layer.digest, layer] as const)),
  );
  const slot = limited(options.concurrency || defaultConcurrency());
  const running = new Map(
    [...layers.values()].map((layer) => [layer.digest, slot(() => fetcher.layer(layer))] as const),
  );
  const done = Promise.all(running.values()).then(() => undefined);
  done.catch(() => undefined); // awaited by the caller; a failure must not count as unhandled before that
  const settled = Promise.allSettled(running.values());
  return {
    manifests: wanted,
    layer: (layer) => running.get(layer.digest) ?? Promise.resolve(),
    done,
    settled,
  };
}

type Manifest = FetchedManifest & { readonly wanted: boolean };

class ImageFetcher {
  private readonly source: ReadonlyMap<string, string>;

  constructor(private readonly options: FetchImageOptions) {
    const { reference } = options;
    this.source = new Map([[sourceLabel(referenceHost(reference)), referenceRepository(reference)]]);
  }

  /** Brings a manifest or index and all below it but layers into the store. */
  async metadata(descriptor: Descriptor, wanted: boolean): Promise<Manifest[]> {
    const bytes = await this.bytes(descriptor);
    if (isIndex(descriptor.mediaType)) {
      const { manifests } = decodeIndex({ content: bytes, mediaType: descriptor.mediaType });
      await this.store(descriptor, bytes, manifests);
      const chosen = this.choose(manifests, descriptor);
      const fetched = this.options.allMetadata ? manifests.filter(isMetadata) : [...chosen];
      return (
        await Promise.all(fetched.map((child) => this.metadata(child, wanted && chosen.has(child))))
      ).flat();
    }
    const { config, layers } = decodeManifest({ content: bytes, mediaType: descriptor.mediaType });
    await this.store(descriptor, bytes, [config, ...layers]);
    await this.blob(config);
    return [{ descriptor, config, layers, wanted }];
  }

  /** Brings a layer into the store; a corrupt answer is asked for once more from its start. */
  async layer(descriptor: Descriptor): Promise<void> {
    try {
      await this.blob(descriptor);
    } catch (error) {
      if (!isCorrupt(error)) throw error;
      await this.blob(descriptor);
    }
  }

  private choose(manifests: readonly Descriptor[], index: Descriptor): ReadonlySet<Descriptor> {
    const { matchers, every = false } = this.options;
    const candidates = manifests.filter(isMetadata);
    if (matchers.length === 0) return new Set(candidates);
    if (!every) return new Set(matchers.flatMap((matcher) => selectManifests(candidates, matcher, 1, index)));
    return new Set(
      candidates.filter(
        ({ platform }) => platform === undefined || matchers.some((matcher) => matcher.matches(platform)),
      ),
    );
  }

  /** A manifest's bytes: from the store when it is there, else from the registry, verified. */
  private async bytes(descriptor: Descriptor): Promise<Uint8Array> {
    const { client, remote, reference, signal } = this.options;
    try {
      return await client.content.readAll(descriptor.digest);
    } catch (error) {
      if (!hasKind(error, 'not found')) throw error;
    }
    this.status(descriptor, 'downloading', 0n);
    return remote.fetchBytes(reference, descriptor, { signal });
  }

  private async store(
    descriptor: Descriptor,
    bytes: Uint8Array,
    children: readonly Descriptor[],
  ): Promise<void> {
    const labels = new Map([...gcLabels(children), ...this.source]);
    await this.into(descriptor, labels, (offset) => once(bytes.subarray(Number(offset))));
  }

  private async blob(descriptor: Descriptor): Promise<void> {
    const { remote, reference, signal } = this.options;
    await this.into(descriptor, this.source, (offset) =>
      // The daemon hashes every byte and refuses to commit the wrong ones: to do it here too would only cost time.
      remote.fetch(reference, descriptor, { offset, verify: false, signal }),
    );
  }

  private async into(
    descriptor: Descriptor,
    labels: ReadonlyMap<string, string>,
    open: (offset: bigint) => AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const { client, signal } = this.options;
    const onOffset = (offset: bigint): void => this.status(descriptor, 'downloading', offset);
    const fresh = await ingest({ client, descriptor, labels, open, onOffset, signal });
    this.status(descriptor, fresh ? 'done' : 'exists', descriptor.size);
  }

  private status(descriptor: Descriptor, status: string, offset: bigint): void {
    const { emit, reference } = this.options;
    const name = ingestRef(descriptor);
    emit({
      kind: 'status',
      name,
      parents: [formatReference(reference)],
      status,
      offset,
      total: descriptor.size,
    });
  }
}

/** The daemon's answer to bytes that are not those of the digest (containerd, content store's Commit). */
function isCorrupt(error: unknown): boolean {
  return hasKind(error, 'failed precondition') && /unexpected commit digest/.test((error as Error).message);
}

function isMetadata({ mediaType }: Descriptor): boolean {
  return isIndex(mediaType) || isManifest(mediaType);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

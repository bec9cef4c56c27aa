import type { Client } from '../client/client.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { Digest } from '../oci/digest.js';
import { decodeImageConfig, type ImageConfig } from '../oci/image-config.js';
import { decodeIndex } from '../oci/image-index.js';
import { decodeManifest } from '../oci/manifest.js';
import { isIndex, isManifest } from '../oci/media-types.js';
import { limited } from './limited.js';
import type { StoredBlobs } from './stored-blobs.js';

/** Calls under way at once: more gain nothing, gRPC itself is the limit. */
const calls = 16;

/**
 * The manifests, indexes and configs of a content store, each read and decoded once however many
 * names lead to it.
 */
export class BlobGraph {
  private readonly reading = limited(calls);
  private readonly stored: Promise<StoredBlobs | undefined> | undefined;
  private readonly children = new Map<Digest, Promise<readonly Descriptor[]>>();
  private readonly configs = new Map<Digest, Promise<ImageConfig>>();

  /** @param many images are to be looked at: worth a look at the daemon's own files. */
  constructor(
    private readonly client: Client,
    { many = false }: { readonly many?: boolean } = {},
  ) {
    if (many) this.stored = import('./stored-blobs.js').then(({ StoredBlobs }) => StoredBlobs.open(client));
  }

  /** What a descriptor refers to: an index's manifests, a manifest's config and layers, nothing for the rest. */
  childrenOf(descriptor: Descriptor): Promise<readonly Descriptor[]> {
    const { mediaType, digest } = descriptor;
    if (!isIndex(mediaType) && !isManifest(mediaType)) return Promise.resolve([]);
    return once(this.children, digest, async () => {
      const bytes = await this.read(descriptor);
      if (isIndex(mediaType)) return decodeIndex({ content: bytes, mediaType }).manifests;
      const { config, layers } = decodeManifest({ content: bytes, mediaType });
      return [config, ...layers];
    });
  }

  /** An image's config. @throws KindError 'not found', 'invalid argument' when it is none. */
  config(descriptor: Descriptor): Promise<ImageConfig> {
    return once(this.configs, descriptor.digest, async () => decodeImageConfig(await this.read(descriptor)));
  }

  private async read(descriptor: Descriptor): Promise<Uint8Array> {
    const { digest, size } = descriptor;
    const stored = await (await this.stored)?.read(descriptor);
    return stored ?? this.reading(() => this.client.content.readAll(digest, { size }));
  }
}

function once<T>(known: Map<Digest, Promise<T>>, digest: Digest, make: () => Promise<T>): Promise<T> {
  let value = known.get(digest);
  if (!value) {
    value = make();
    known.set(digest, value);
  }
  return value;
}

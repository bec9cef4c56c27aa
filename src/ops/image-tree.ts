import type { Client } from '../client/client.js';
import type { Image } from '../client/images.js';
import type { Descriptor } from '../oci/descriptor.js';
import { hasKind, KindError } from '../oci/errors.js';
import { decodeIndex } from '../oci/image-index.js';
import { decodeManifest } from '../oci/manifest.js';
import { isIndex, isManifest } from '../oci/media-types.js';
import { limited } from './limited.js';

/** A content of an image, and what it refers to. */
export interface ImageNode {
  readonly descriptor: Descriptor;
  /** It is not in the store. */
  readonly missing: boolean;
  /** Undefined unless asked for. */
  readonly labels?: ReadonlyMap<string, string>;
  /** The bytes of a JSON document; undefined unless asked for. */
  readonly json?: Uint8Array;
  /** Why what belongs here could not be read; nothing behind it is told either. */
  readonly failure?: KindError;
  readonly children: readonly ImageNode[];
}

/** An image, and what it is made of. */
export interface ImageTree {
  readonly image: Image;
  readonly root: ImageNode;
}

/** Calls under way at once. */
const calls = 16;
/** Indexes within indexes that are followed. */
const maxDepth = 8;

/**
 * Reads what an image is made of (Images.Get, Content.Read; with `content` Content.Info, too): each level side by side.
 * @throws KindError 'not found' for the name
 */
export async function imageTree(
  client: Client,
  ref: string,
  options: { readonly content: boolean },
): Promise<ImageTree> {
  const image = await client.images.get(ref);
  return { image, root: await new TreeReader(client, options.content).node(image.target, 0) };
}

class TreeReader {
  private readonly slot = limited(calls);

  constructor(
    private readonly client: Client,
    private readonly withContent: boolean,
  ) {}

  /** A manifest, an index, or whatever else a name or an index leads to. */
  async node(descriptor: Descriptor, depth: number): Promise<ImageNode> {
    const { mediaType } = descriptor;
    const isDocument = isIndex(mediaType) || isManifest(mediaType);
    if (!isDocument) return this.leaf(descriptor);
    try {
      const [content, labels] = await Promise.all([this.read(descriptor), this.labels(descriptor)]);
      const shown = this.withContent ? { labels, json: content } : {};
      if (depth === maxDepth) return { descriptor, missing: false, ...shown, children: [] };
      const children = isIndex(mediaType)
        ? decodeIndex({ content, mediaType }).manifests.map((child) => this.node(child, depth + 1))
        : this.parts(content, mediaType);
      return { descriptor, missing: false, ...shown, children: await Promise.all(children) };
    } catch (error) {
      if (hasKind(error, 'not found')) return { descriptor, missing: true, children: [] };
      return failed(descriptor, error);
    }
  }

  private parts(content: Uint8Array, mediaType: string): Promise<ImageNode>[] {
    const { config, layers } = decodeManifest({ content, mediaType });
    // ctr: image inspect --content shows the config's labels, and not those of layers.
    const plain = layers.map((descriptor) => Promise.resolve({ descriptor, missing: false, children: [] }));
    return [this.leaf(config), ...plain];
  }

  private async leaf(descriptor: Descriptor): Promise<ImageNode> {
    const node = { descriptor, missing: false, children: [] };
    if (!this.withContent) return node;
    try {
      const isJson = descriptor.mediaType.endsWith('json');
      const [labels, json] = await Promise.all([
        this.labels(descriptor),
        isJson ? this.read(descriptor) : undefined,
      ]);
      return { ...node, labels, ...(json ? { json } : {}) };
    } catch (error) {
      return failed(descriptor, error);
    }
  }

  private read({ digest }: Descriptor): Promise<Uint8Array> {
    return this.slot(() => this.client.content.readAll(digest));
  }

  private async labels({ digest }: Descriptor): Promise<ReadonlyMap<string, string>> {
    if (!this.withContent) return new Map();
    return (await this.slot(() => this.client.content.info(digest))).labels;
  }
}

function failed(descriptor: Descriptor, error: unknown): ImageNode {
  if (!(error instanceof KindError)) throw error;
  return { descriptor, missing: false, failure: error, children: [] };
}

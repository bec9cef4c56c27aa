import type { Client } from '../../client/client.js';
import type { Image } from '../../client/images.js';
import type { Descriptor } from '../../oci/descriptor.js';
import type { Digest } from '../../oci/digest.js';
import { hasKind } from '../../oci/errors.js';
import { decodeIndex } from '../../oci/image-index.js';
import { decodeManifest } from '../../oci/manifest.js';
import { optionalString } from '../../oci/json-fields.js';
import { isIndex, isLayer, isManifest, mediaTypes } from '../../oci/media-types.js';
import type { PlatformMatcher } from '../../oci/platform-matcher.js';
import { storeDocument } from '../archive/ingest-member.js';
import { requireReadable } from '../archive/link-content.js';
import { withLease } from '../lease.js';
import { limited } from '../limited.js';
import { closeDocument, listOf, openDocument, replaced, type OpenDocument } from './rewrite.js';
import { isCompressedLayer, uncompressLayer } from './uncompress-layer.js';

/** What to convert, and into what. */
export interface ConvertOptions {
  readonly client: Client;
  readonly source: string;
  readonly target: string;
  /** Store layers without compression. */
  readonly uncompress: boolean;
  /** OCI's media types instead of docker's. */
  readonly oci: boolean;
  /** The platforms that are kept of an index. */
  readonly matcher: PlatformMatcher;
  readonly signal: AbortSignal;
}

/** Layers converted at once. */
const layersAtOnce = 2;

const contentLabel = 'containerd.io/gc.ref.content';

const ociTypes: ReadonlyMap<string, string> = new Map([
  [mediaTypes.dockerIndex, mediaTypes.ociIndex],
  [mediaTypes.dockerManifest, mediaTypes.ociManifest],
  [mediaTypes.dockerConfig, mediaTypes.ociConfig],
  [mediaTypes.dockerLayer, mediaTypes.ociLayer],
  [mediaTypes.dockerLayerGzip, mediaTypes.ociLayerGzip],
  [mediaTypes.dockerForeignLayer, mediaTypes.ociForeignLayer],
  [mediaTypes.dockerForeignLayerGzip, `${mediaTypes.ociForeignLayer}+gzip`],
]);

/**
 * Converts an image and gives the result a name, in place of what had the name; gives the descriptor. What needs no
 * change stays the same blob.
 * @throws KindError 'not found' for the image, or a blob of a platform that is kept
 */
export async function convertImage(options: ConvertOptions): Promise<Descriptor> {
  return withLease(options.client, async (client) => {
    const image = await client.images.get(options.source);
    const converter = new Converter({ ...options, client });
    const target = (await converter.convert(image.target)) ?? image.target;
    const converted: Image = { ...image, name: options.target, target };
    if (options.target === options.source) await client.images.update(converted, []);
    else await replaceImage(client, converted);
    return target;
  });
}

async function replaceImage(client: Client, image: Image): Promise<void> {
  try {
    await client.images.create(image);
  } catch (error) {
    if (!hasKind(error, 'already exists')) throw error;
    await client.images.delete(image.name);
    await client.images.create(image);
  }
}

class Converter {
  private readonly layerSlot = limited(layersAtOnce);

  constructor(private readonly options: ConvertOptions) {}

  /** The descriptor of what a blob has become; undefined where it stays what it is. */
  async convert(descriptor: Descriptor): Promise<Descriptor | undefined> {
    const changed = await this.content(descriptor);
    const { mediaType, annotations } = changed ?? descriptor;
    if (!descriptor.mediaType.startsWith('application/vnd.docker.')) return changed;
    if (this.options.oci) {
      const type = ociTypes.get(mediaType) ?? mediaType;
      return { ...(changed ?? descriptor), mediaType: type };
    }
    // Only OCI's manifests have annotations.
    return annotations.size > 0 ? { ...(changed ?? descriptor), annotations: new Map() } : changed;
  }

  private async content(descriptor: Descriptor): Promise<Descriptor | undefined> {
    if (isLayer(descriptor.mediaType)) return this.layer(descriptor);
    if (isManifest(descriptor.mediaType)) return this.manifest(descriptor);
    return isIndex(descriptor.mediaType) ? this.index(descriptor) : undefined;
  }

  private async layer(descriptor: Descriptor): Promise<Descriptor | undefined> {
    const { client, uncompress, signal } = this.options;
    const info = await client.content.info(descriptor.digest);
    if (!uncompress || !isCompressedLayer(descriptor)) return undefined;
    return this.layerSlot(() => uncompressLayer(client, descriptor, info, signal));
  }

  private async manifest(descriptor: Descriptor): Promise<Descriptor | undefined> {
    const { content, labels } = await this.read(descriptor);
    const { config, layers } = decodeManifest({ content, mediaType: descriptor.mediaType });
    const document = openDocument(content);
    let modified = this.retype(document);
    const [newConfig, ...newLayers] = await this.convertAll([config, ...layers]);
    const listed = [...listOf(document, 'layers')];
    newLayers.forEach((layer, i) => {
      if (!layer) return;
      relabel(labels, (layers[i] as Descriptor).digest, `${contentLabel}.l.${i}`, layer.digest);
      listed[i] = replaced(listed[i] ?? new Map(), layer);
      modified = true;
    });
    document.set('layers', listed);
    if (newConfig) {
      relabel(labels, config.digest, `${contentLabel}.config`, newConfig.digest);
      document.set(
        'config',
        replaced(new Map(document.get('config') as ReadonlyMap<string, never>), newConfig),
      );
      modified = true;
    }
    return modified ? this.store(descriptor, closeDocument(document, 'layers'), labels) : undefined;
  }

  private async index(descriptor: Descriptor): Promise<Descriptor | undefined> {
    const { content, labels } = await this.read(descriptor);
    const { manifests } = decodeIndex({ content, mediaType: descriptor.mediaType });
    const document = openDocument(content);
    const kept = manifests.map(({ platform }) => !platform || this.options.matcher.matches(platform));
    let modified = this.retype(document) || kept.includes(false);
    const converted = await this.convertAll(manifests.map((manifest, i) => (kept[i] ? manifest : undefined)));
    const listed = [...listOf(document, 'manifests')];
    manifests.forEach((manifest, i) => {
      const after = converted[i];
      if (!kept[i]) relabel(labels, manifest.digest);
      if (!after) return;
      relabel(labels, manifest.digest, `${contentLabel}.m.${i}`, after.digest);
      listed[i] = replaced(listed[i] ?? new Map(), after);
      modified = true;
    });
    document.set(
      'manifests',
      listed.filter((_, i) => kept[i]),
    );
    return modified ? this.store(descriptor, closeDocument(document, 'manifests'), labels) : undefined;
  }

  /** All of them, side by side; one failure waits for the others, so that none goes on behind the lease's end. */
  private async convertAll(
    descriptors: readonly (Descriptor | undefined)[],
  ): Promise<readonly (Descriptor | undefined)[]> {
    const results = await Promise.allSettled(descriptors.map(async (each) => each && this.convert(each)));
    return results.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  }

  private async read(
    descriptor: Descriptor,
  ): Promise<{ readonly content: Uint8Array; readonly labels: Map<string, string> }> {
    requireReadable(descriptor);
    const { client } = this.options;
    const [info, content] = await Promise.all([
      client.content.info(descriptor.digest),
      client.content.readAll(descriptor.digest),
    ]);
    return { content, labels: new Map(info.labels) };
  }

  /** Gives a document of docker's type OCI's, if that is wanted. */
  private retype(document: OpenDocument): boolean {
    const type = ociTypes.get(optionalString(document, 'mediaType') ?? '');
    if (!this.options.oci || type === undefined) return false;
    document.set('mediaType', type);
    return true;
  }

  private async store(
    before: Descriptor,
    bytes: Uint8Array,
    labels: ReadonlyMap<string, string>,
  ): Promise<Descriptor> {
    const { client, signal } = this.options;
    const { mediaType } = before;
    const { digest, size } = await storeDocument({ client, mediaType, bytes, labels, signal });
    return { ...before, digest, size };
  }
}

/** Lets go of a blob, and holds another instead. */
function relabel(labels: Map<string, string>, from: Digest, key?: string, to?: Digest): void {
  for (const [each, value] of labels) {
    if (value === from && each.startsWith(contentLabel)) labels.delete(each);
  }
  if (key !== undefined && to !== undefined) labels.set(key, to);
}

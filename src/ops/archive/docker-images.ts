import { createGzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import type { Client } from '../../client/client.js';
import { nameAnnotations, tagAnnotation } from '../../oci/archive/names.js';
import type { Descriptor } from '../../oci/descriptor.js';
import { normalizeDockerReference } from '../../oci/docker-reference.js';
import { KindError, prefixed } from '../../oci/errors.js';
import { decodeImageConfig } from '../../oci/image-config.js';
import { decodeJson, type Json } from '../../oci/json-decode.js';
import { optionalString, optionalStrings, requireObject } from '../../oci/json-fields.js';
import { mediaTypes } from '../../oci/media-types.js';
import { normalizePlatform } from '../../oci/platform.js';
import { gcLabels } from '../gc-labels.js';
import { dockerManifestDocument, type DockerEntry } from './documents.js';
import { storeDocument, storeUnknown, type StoredMember } from './ingest-member.js';
import { detectCompression, magicLength } from './input.js';
import { requireReadable } from './link-content.js';
import type { ReadArchive } from './read-archive.js';

/** Says where a layer's bytes are as they were before compression. */
const uncompressedLabel = 'containerd.io/uncompressed';

/** How to read a docker archive. */
export interface DockerImagesOptions {
  /** Under a lease. */
  readonly client: Client;
  readonly archive: ReadArchive;
  /** Compress layers that are not. */
  readonly compress: boolean;
  readonly signal: AbortSignal;
}

/**
 * The images of a docker archive (`docker save`, versions 1.1 and 1.2), as an index would list them: for each a
 * manifest is written to the content store, and each of its tags is a descriptor.
 * @throws KindError naming the file that is not there
 */
export async function dockerImages(
  options: DockerImagesOptions,
  document: Uint8Array,
): Promise<Descriptor[]> {
  const images: Descriptor[] = [];
  for (const entry of decodeEntries(document)) {
    const manifest = await storeManifest(options, entry);
    const named = entry.repoTags.map((tag) => {
      const name = normalizeTag(tag);
      const annotations = new Map([
        [nameAnnotations.full, name],
        [nameAnnotations.tag, tagAnnotation(name)],
      ]);
      return { ...manifest, annotations };
    });
    images.push(...(named.length > 0 ? named : [manifest]));
  }
  return images;
}

function decodeEntries(document: Uint8Array): DockerEntry[] {
  try {
    const list = decodeJson(document);
    if (!Array.isArray(list)) throw new KindError('invalid argument', 'it is not a list');
    return (list as readonly Json[]).map((item) => {
      const object = requireObject(item, 'its entry');
      return {
        config: optionalString(object, 'Config') ?? '',
        repoTags: optionalStrings(object, 'RepoTags'),
        layers: optionalStrings(object, 'Layers'),
      };
    });
  } catch (error) {
    throw prefixed('untar manifest "manifest.json"', error);
  }
}

function normalizeTag(tag: string): string {
  try {
    return normalizeDockerReference(tag);
  } catch (error) {
    throw prefixed(`normalize image ref ${JSON.stringify(tag)}`, error);
  }
}

async function storeManifest(options: DockerImagesOptions, entry: DockerEntry): Promise<Descriptor> {
  const { client, archive, signal } = options;
  const found = archive.member(entry.config);
  if (!found) throw missing(`image config ${JSON.stringify(entry.config)} not found`);
  requireReadable(found);
  const config = descriptor(mediaTypes.dockerConfig, found);
  const { platform } = decodeImageConfig(await client.content.readAll(found.digest));
  const layers = await resolveLayers(options, entry.layers);
  const manifest = await storeDocument({
    client,
    mediaType: mediaTypes.dockerManifest,
    bytes: dockerManifestDocument(config, layers),
    labels: gcLabels([config, ...layers]),
    signal,
  });
  return { ...manifest, platform: normalizePlatform(platform) };
}

async function resolveLayers(options: DockerImagesOptions, names: readonly string[]): Promise<Descriptor[]> {
  const stored = names.map((name) => {
    const layer = options.archive.member(name);
    if (!layer) throw missing(`failed to resolve layers: layer ${JSON.stringify(name)} not found`);
    return layer;
  });
  const known = await compressedTwins(options.client, stored);
  const layers: Descriptor[] = [];
  for (const layer of stored) {
    const twin = known.get(layer.digest);
    if (twin) layers.push(twin);
    else if (layer.compression !== 'none') layers.push(descriptor(mediaTypes.dockerLayerGzip, layer));
    else if (options.compress) layers.push(await compressLayer(options, layer));
    else layers.push(descriptor(mediaTypes.dockerLayer, layer));
  }
  return layers;
}

/** Layers that the store has in compressed form already, by the digest of what is in them. */
async function compressedTwins(
  client: Client,
  layers: readonly StoredMember[],
): Promise<ReadonlyMap<string, Descriptor>> {
  const wanted = new Set(layers.map(({ digest }) => digest));
  const twins = new Map<string, Descriptor>();
  if (wanted.size === 0) return twins;
  const filters = [...wanted].map((digest) => `labels."${uncompressedLabel}"==${digest}`);
  for await (const { digest, size, labels } of client.content.list(filters)) {
    const inside = labels.get(uncompressedLabel) ?? '';
    const head = await firstBytes(client, digest);
    const type = detectCompression(head) === 'none' ? mediaTypes.dockerLayer : mediaTypes.dockerLayerGzip;
    twins.set(inside, descriptor(type, { digest, size }));
  }
  return twins;
}

async function firstBytes(client: Client, digest: StoredMember['digest']): Promise<Uint8Array> {
  for await (const chunk of client.content.read(digest)) {
    if (chunk.length >= magicLength) return chunk.subarray(0, magicLength);
  }
  return new Uint8Array(0);
}

async function compressLayer(
  { client, signal }: DockerImagesOptions,
  layer: StoredMember,
): Promise<Descriptor> {
  const plain = Readable.from(client.content.read(layer.digest, { signal }), { objectMode: false });
  const bytes = pipeline(plain, createGzip({ chunkSize: 256 * 1024 }), () => undefined);
  const labels = new Map([[uncompressedLabel, layer.digest]]);
  return descriptor(
    mediaTypes.dockerLayerGzip,
    await storeUnknown({ client, bytes, size: 0n, labels, signal }),
  );
}

function descriptor(mediaType: string, { digest, size }: Pick<StoredMember, 'digest' | 'size'>): Descriptor {
  return { mediaType, digest, size, annotations: new Map() };
}

function missing(message: string): KindError {
  return new KindError('not found', message, { hint: 'the archive is not whole' });
}

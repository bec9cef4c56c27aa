import type { Client } from '../../client/client.js';
import type { Image } from '../../client/images.js';
import { importedName } from '../../oci/archive/names.js';
import type { Descriptor, Platform } from '../../oci/descriptor.js';
import { KindError, hasKind, prefixed } from '../../oci/errors.js';
import { decodeImageConfig } from '../../oci/image-config.js';
import { decodeIndex } from '../../oci/image-index.js';
import { decodeJson } from '../../oci/json-decode.js';
import { optionalString, requireObject } from '../../oci/json-fields.js';
import { isIndex, isLayer, isManifest, mediaTypes } from '../../oci/media-types.js';
import { allPlatforms, only, onlyStrict } from '../../oci/platform-matcher.js';
import { defaultPlatform } from '../../oci/platform.js';
import { namespaceDefaults } from '../defaults.js';
import { withEvents } from '../events.js';
import { withLease } from '../lease.js';
import { unpack } from '../unpack.js';
import { chooseManifest } from './choose-manifest.js';
import { dockerImages } from './docker-images.js';
import { indexDocument } from './documents.js';
import { storeDocument } from './ingest-member.js';
import { archiveBytes, decompressed } from './input.js';
import { keepLabels, linkContent, requireReadable } from './link-content.js';
import { readArchive, type ReadArchive } from './read-archive.js';

/** What to import, and how. */
export interface ImportOptions {
  readonly client: Client;
  /** A file's path, or a descriptor. */
  readonly source: string | number;
  /** What goes before names that are only a tag; empty for the day's own. */
  readonly baseName: string;
  /** A name for each manifest by its digest, too. */
  readonly digests: boolean;
  /** But not for one that has a name. */
  readonly skipNamedDigest: boolean;
  /** The name of the archive's index; empty for none. */
  readonly indexName: string;
  readonly labels: ReadonlyMap<string, string>;
  /** The platform wanted; undefined for this machine's. */
  readonly platform: Platform | undefined;
  readonly allPlatforms: boolean;
  readonly unpack: boolean;
  /** Empty for the namespace's default. */
  readonly snapshotter: string;
  readonly compress: boolean;
  readonly discardLayers: boolean;
  readonly syncFs: boolean;
  readonly signal: AbortSignal;
}

/** What an import tells while it works: an image's layers are being unpacked, or are. */
export interface ImportEvent {
  readonly kind: 'unpacking' | 'unpacked';
  readonly image: Image;
}

/** The prefix that an import without a base name uses, `import-2026-11-21`. */
export function defaultBaseName(now = new Date()): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  return `import-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * Imports the images of an archive, an OCI layout or docker's, by tctr itself. The images get their names when
 * everything is there, verified, and unpacked if that is wanted; a failure leaves nothing.
 */
export function importLocal(options: ImportOptions): AsyncGenerator<ImportEvent, void> {
  return withEvents(async (emit, stopped) => {
    const signal = AbortSignal.any([options.signal, stopped]);
    const shown = typeof options.source === 'number' ? 'standard input' : options.source;
    const bytes = await archiveBytes(options.source, signal);
    await withLease(options.client, async (client) => {
      const archive = await readArchive(client, decompressed(bytes, shown), signal);
      const leased = { ...options, client, signal };
      const manifests = await listManifests(leased, archive);
      const images = nameImages(leased, manifests);
      const { discardLayers } = options;
      await linkContent(manifests, { client, discardLayers, matcher: contentMatcher(options) });
      if (options.indexName !== '') images.unshift(await storeIndex(leased, archive, manifests));
      if (options.unpack) await unpackImages(leased, images, emit);
      for (const image of images) await nameImage(leased, image);
    });
  });
}

type Leased = ImportOptions;

async function listManifests(options: Leased, archive: ReadArchive): Promise<readonly Descriptor[]> {
  if (archive.layout && layoutVersion(archive.layout) !== '') {
    if (!archive.index) throw new KindError('invalid argument', 'missing index.json in OCI layout 1.0.0');
    return indexed(archive.index);
  }
  if (!archive.dockerManifest) {
    throw new KindError('invalid argument', 'unrecognized image format', {
      hint: 'an archive of images has an oci-layout or a manifest.json',
    });
  }
  const { client, compress, signal } = options;
  return dockerImages({ client, archive, compress, signal }, archive.dockerManifest);
}

function layoutVersion(document: Uint8Array): string {
  let version: string;
  try {
    version = optionalString(requireObject(decodeJson(document), 'it'), 'imageLayoutVersion') ?? '';
  } catch (error) {
    throw prefixed('untar oci layout "oci-layout"', error);
  }
  if (version !== '' && version !== '1.0.0')
    throw new KindError('invalid argument', `unsupported OCI version ${version}`);
  return version;
}

function indexed(content: Uint8Array): readonly Descriptor[] {
  try {
    const { manifests } = decodeIndex({ content, mediaType: mediaTypes.ociIndex });
    for (const { mediaType, digest } of manifests) {
      if (isManifest(mediaType) || isIndex(mediaType)) continue;
      throw new KindError(
        'invalid argument',
        `${digest} is no image: its media type is ${JSON.stringify(mediaType)}`,
      );
    }
    return manifests;
  } catch (error) {
    throw prefixed('index.json of the archive', error);
  }
}

function nameImages(options: Leased, manifests: readonly Descriptor[]): Image[] {
  const { baseName, digests, skipNamedDigest, labels } = options;
  const prefix = baseName || defaultBaseName();
  return manifests.flatMap((target) => {
    const name = importedName(target.annotations, { prefix, only: baseName !== '' });
    const byDigest = digests && !(skipNamedDigest && name !== '') ? [`${prefix}@${target.digest}`] : [];
    return [...(name === '' ? [] : [name]), ...byDigest].map((each) => ({ name: each, labels, target }));
  });
}

async function storeIndex(
  { client, indexName, labels, discardLayers, signal, ...options }: Leased,
  archive: ReadArchive,
  manifests: readonly Descriptor[],
): Promise<Image> {
  const matcher = contentMatcher(options);
  const kept = manifests.filter(({ platform }) => !platform || matcher.matches(platform));
  const target = await storeDocument({
    client,
    mediaType: mediaTypes.ociIndex,
    bytes: (archive.layout && archive.index) ?? indexDocument(manifests, { typed: false }),
    labels: keepLabels(kept, discardLayers),
    signal,
  });
  return { name: indexName, labels, target };
}

async function unpackImages(
  options: Leased,
  images: readonly Image[],
  emit: (event: ImportEvent) => void,
): Promise<void> {
  const { client, syncFs, platform } = options;
  const matcher = onlyStrict(platform ?? defaultPlatform());
  const snapshotter = options.snapshotter || (await namespaceDefaults(client)).snapshotter;
  for (const image of images) {
    emit({ kind: 'unpacking', image });
    const { config, layers } = await chooseManifest(client, image.target, matcher);
    requireReadable(config);
    const { diffIds } = decodeImageConfig(await client.content.readAll(config.digest));
    try {
      await unpack({
        client,
        snapshotter,
        config,
        layers: layers.filter(({ mediaType }) => isLayer(mediaType)),
        diffIds,
        syncFs,
      });
    } catch (error) {
      throw prefixed(`apply layer error for ${JSON.stringify(image.name)}`, error);
    }
    emit({ kind: 'unpacked', image });
  }
}

/** Gives the image its name (Images.Update, or Images.Create where it is new); labels only where some are given. */
async function nameImage({ client, labels }: Leased, image: Image): Promise<void> {
  try {
    await client.images.update(image, labels.size > 0 ? ['target', 'labels'] : ['target']);
  } catch (error) {
    if (!hasKind(error, 'not found')) throw error;
    await client.images.create(image);
  }
}

function contentMatcher(options: Pick<ImportOptions, 'allPlatforms' | 'platform'>) {
  if (options.allPlatforms) return allPlatforms;
  return options.platform ? onlyStrict(options.platform) : only(defaultPlatform());
}

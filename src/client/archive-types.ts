import { ImageStore, type ImageReference } from '../gen/types/transfer/imagestore.js';
import { ImageExportStream, ImageImportStream } from '../gen/types/transfer/importexport.js';
import type { Platform as WirePlatform } from '../gen/types/platform.js';
import type { Platform } from '../oci/descriptor.js';
import { platformToWire } from './transfer-types.js';
import { pack, type Any } from './typeurl.js';

/** An archive of images as the source of a transfer; its bytes come over the stream of this id. */
export function importStream(options: { readonly stream: string; readonly forceCompress: boolean }): Any {
  return pack(ImageImportStream, { ...options, mediaType: '' });
}

/** An archive of images as the destination of a transfer. */
export function exportStream(options: {
  readonly stream: string;
  /** Wanted platforms, the best first; none means the daemon's own. */
  readonly platforms: readonly Platform[];
  readonly allPlatforms: boolean;
  readonly skipManifestJson: boolean;
  readonly skipNonDistributable: boolean;
}): Any {
  return pack(ImageExportStream, {
    stream: options.stream,
    mediaType: '',
    platforms: options.platforms.map(platformToWire),
    allPlatforms: options.allPlatforms,
    skipCompatibilityManifest: options.skipManifestJson,
    skipNonDistributable: options.skipNonDistributable,
  });
}

/** Images of the store, by name, as the source of a transfer. */
export function storedImages(names: readonly string[]): Any {
  return pack(ImageStore, { ...emptyStore, extraReferences: names.map((name) => reference({ name })) });
}

/** The image store as the place where the images of an archive get their names. */
export function importStore(store: {
  /** The name of the archive's index; empty for none. */
  readonly indexName: string;
  /** What goes before a name that is only a tag, and before a digest. */
  readonly prefix: string;
  /** Images whose full name does not begin with the prefix are taken too. */
  readonly overwrite: boolean;
  readonly digests: boolean;
  readonly skipNamedDigest: boolean;
  readonly labels: ReadonlyMap<string, string>;
  /** Wanted platforms; none means every platform. */
  readonly platforms: readonly Platform[];
  /** What to unpack; undefined for nothing. The snapshotter is empty for the daemon's default. */
  readonly unpack: { readonly platform: Platform; readonly snapshotter: string } | undefined;
}): Any {
  const named = reference({
    name: store.prefix,
    isPrefix: true,
    allowOverwrite: store.overwrite,
    addDigest: store.digests,
    skipNamedDigest: store.skipNamedDigest,
  });
  const { unpack } = store;
  return pack(ImageStore, {
    ...emptyStore,
    name: store.indexName,
    labels: store.labels,
    platforms: store.platforms.map(platformToWire),
    extraReferences: [named],
    unpacks: unpack ? [{ platform: platformToWire(unpack.platform), snapshotter: unpack.snapshotter }] : [],
  });
}

const emptyStore = {
  name: '',
  labels: new Map<string, string>(),
  platforms: [] as readonly WirePlatform[],
  allMetadata: false,
  manifestLimit: 0,
  extraReferences: [] as readonly ImageReference[],
  unpacks: [],
};

function reference(fields: Partial<ImageReference> & { readonly name: string }): ImageReference {
  return { isPrefix: false, allowOverwrite: false, addDigest: false, skipNamedDigest: false, ...fields };
}

import type { Client } from '../client/client.js';
import type { Image } from '../client/images.js';
import type { Descriptor, Platform } from '../oci/descriptor.js';
import { KindError } from '../oci/errors.js';
import { decodeImageConfig, type ImageConfig } from '../oci/image-config.js';
import { decodeIndex } from '../oci/image-index.js';
import { decodeManifest, type Manifest } from '../oci/manifest.js';
import { isIndex } from '../oci/media-types.js';
import { only } from '../oci/platform-matcher.js';
import { selectManifests } from './select-manifests.js';

/** An image as one platform runs it. */
export interface PlatformImage {
  readonly image: Image;
  readonly manifest: Manifest;
  readonly config: ImageConfig;
}

/** Nested indexes deeper than this are nobody's image. */
const maxDepth = 8;

/**
 * Reads the manifest and config that a platform runs from the content store.
 * @throws KindError 'not found' for the name, the platform, or a blob that is missing.
 */
export async function imageForPlatform(
  client: Client,
  ref: string,
  platform: Platform,
): Promise<PlatformImage> {
  const image = await client.images.get(ref);
  const matcher = only(platform);
  let descriptor: Descriptor = image.target;
  for (let depth = 0; isIndex(descriptor.mediaType); depth++) {
    if (depth === maxDepth)
      throw new KindError('invalid argument', `${ref}: its indexes are nested too deeply`);
    const { manifests } = decodeIndex(await document(client, descriptor));
    descriptor = selectManifests(manifests, matcher, 1, descriptor)[0] as Descriptor;
  }
  const manifest = decodeManifest(await document(client, descriptor));
  const config = decodeImageConfig(await client.content.readAll(manifest.config.digest));
  return { image, manifest, config };
}

async function document(client: Client, { digest, mediaType }: Descriptor) {
  return { content: await client.content.readAll(digest), mediaType };
}

import type { Client } from '../client/client.js';
import type { Descriptor, Platform } from '../oci/descriptor.js';
import { prefixed } from '../oci/errors.js';
import { isIndex } from '../oci/media-types.js';
import { anyOf, onlyStrict } from '../oci/platform-matcher.js';
import { BlobGraph } from './blob-graph.js';
import { selectManifests } from './select-manifests.js';

/**
 * What of an image a push for platforms is to send when tctr does it: with one platform that manifest alone, else all.
 * @throws KindError 'not found' where the image is for none of them, or lacks the manifest
 */
export async function pushTarget(
  client: Client,
  target: Descriptor,
  platforms: readonly Platform[],
): Promise<Descriptor> {
  const [platform] = platforms;
  if (!platform || !isIndex(target.mediaType)) return target;
  if (platforms.length > 1) {
    await requirePlatform(client, target, platforms);
    return target;
  }
  const graph = new BlobGraph(client);
  const manifests = (await graph.childrenOf(target)).filter((manifest) => manifest.platform !== undefined);
  const [manifest = target] = selectManifests(manifests, onlyStrict(platform), 1, target);
  await graph.childrenOf(manifest).catch((error: unknown) => {
    throw prefixed('no matching manifest', error);
  });
  return manifest;
}

/** Checks that an image is for one of the platforms. @throws KindError 'not found' */
export async function requirePlatform(
  client: Client,
  target: Descriptor,
  platforms: readonly Platform[],
): Promise<void> {
  if (platforms.length === 0 || !isIndex(target.mediaType)) return;
  selectManifests(await new BlobGraph(client).childrenOf(target), anyOf(platforms), 1, target);
}

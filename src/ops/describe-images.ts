import type { Client } from '../client/client.js';
import type { Image } from '../client/images.js';
import type { Descriptor, Platform } from '../oci/descriptor.js';
import { KindError } from '../oci/errors.js';
import { isConfig, isIndex } from '../oci/media-types.js';
import { only, type PlatformMatcher } from '../oci/platform-matcher.js';
import { defaultPlatform, normalizePlatform } from '../oci/platform.js';
import { BlobGraph } from './blob-graph.js';
import { selectManifests } from './select-manifests.js';

/** Images that make it worth to ask where the daemon keeps their blobs: two calls more, and thousands less. */
const many = 100;

/** An image, and what its blobs say of it. */
export interface DescribedImage {
  readonly image: Image;
  /** Bytes that the local platform needs: index, manifest, config and layers, by their descriptors. */
  readonly size: bigint;
  readonly platforms: readonly Platform[];
  readonly sizeError?: string;
  readonly platformError?: string;
}

/** Finds sizes and platforms of images, side by side; each blob is read once. A missing blob is told, not thrown. */
export function describeImages(
  client: Client,
  images: readonly Image[],
  graph = graphOf(client, images),
): Promise<DescribedImage[]> {
  const matcher = only(defaultPlatform());
  return Promise.all(
    images.map(async (image) => {
      const [size, platforms] = await Promise.all([
        measured(sizeOf(graph, image.target, matcher), 0n),
        measured(platformsOf(graph, image.target), []),
      ]);
      return {
        image,
        size: size.value,
        platforms: platforms.value,
        ...(size.error === undefined ? {} : { sizeError: size.error }),
        ...(platforms.error === undefined ? {} : { platformError: platforms.error }),
      };
    }),
  );
}

/** What the images are made of, to be shared by all who look at them. */
export function graphOf(client: Client, images: readonly Image[]): BlobGraph {
  return new BlobGraph(client, { many: images.length >= many });
}

async function measured<T>(
  work: Promise<T>,
  otherwise: T,
): Promise<{ readonly value: T; readonly error?: string }> {
  try {
    return { value: await work };
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return { value: otherwise, error: error.message };
  }
}

/** Sums descriptors down one manifest (containerd, Image.Size). */
async function sizeOf(graph: BlobGraph, descriptor: Descriptor, matcher: PlatformMatcher): Promise<bigint> {
  const children = await graph.childrenOf(descriptor);
  const counted = isIndex(descriptor.mediaType)
    ? selectManifests(children, matcher, 1, descriptor)
    : children;
  const sizes = await Promise.all(counted.map((child) => sizeOf(graph, child, matcher)));
  return sizes.reduce((sum, size) => sum + size, descriptor.size);
}

/** Collects platforms: an index's say-so, else the config's own (containerd, images.Platforms). */
async function platformsOf(graph: BlobGraph, descriptor: Descriptor): Promise<Platform[]> {
  const { platform } = descriptor;
  if (platform) return platform.os === 'unknown' || platform.architecture === 'unknown' ? [] : [platform];
  if (isConfig(descriptor.mediaType)) {
    return [normalizePlatform((await graph.config(descriptor)).platform)];
  }
  const children = await graph.childrenOf(descriptor);
  return (await Promise.all(children.map((child) => platformsOf(graph, child)))).flat();
}

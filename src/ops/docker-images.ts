import type { Client } from '../client/client.js';
import type { Image } from '../client/images.js';
import type { Descriptor } from '../oci/descriptor.js';
import { familiarName, parseDockerReference } from '../oci/docker-reference.js';
import { KindError } from '../oci/errors.js';
import type { ImageConfig } from '../oci/image-config.js';
import { isIndex } from '../oci/media-types.js';
import { only } from '../oci/platform-matcher.js';
import { defaultPlatform } from '../oci/platform.js';
import { parseRfc3339, type Timestamp } from '../output/time.js';
import type { BlobGraph } from './blob-graph.js';
import { describeImages, graphOf } from './describe-images.js';

/** A name of an image, with what docker shows of it. */
export interface DockerImage {
  readonly image: Image;
  /** `<none>` where the name is a bare digest. */
  readonly repository: string;
  /** `<none>` where the name has a digest instead. */
  readonly tag: string;
  readonly digest: string;
  /** The digest of the config that the local platform runs; of the target where that cannot be read. */
  readonly id: string;
  readonly config: ImageConfig | undefined;
  readonly created: Timestamp | undefined;
  readonly size: bigint;
}

/** Reads what docker shows of images; each blob is read once. Newest first, as docker lists them. */
export async function describeDockerImages(client: Client, images: readonly Image[]): Promise<DockerImage[]> {
  const graph = graphOf(client, images);
  const [sized, configs] = await Promise.all([
    describeImages(client, images, graph),
    Promise.all(images.map((image) => configOf(graph, image.target))),
  ]);
  const rows = images.map((image, place): DockerImage => {
    const found = configs[place];
    return {
      image,
      ...splitName(image.name),
      digest: image.target.digest,
      id: found?.digest ?? image.target.digest,
      config: found?.config,
      created: parseRfc3339(found?.config.created ?? '') ?? image.createdAt,
      size: sized[place]?.size ?? 0n,
    };
  });
  return rows.sort((a, b) => Number((b.created?.seconds ?? 0n) - (a.created?.seconds ?? 0n)));
}

/** How docker shows a name that containerd stores: the repository, and its tag where it has one. */
export function splitName(name: string): { readonly repository: string; readonly tag: string } {
  try {
    const reference = parseDockerReference(name);
    // The CRI plugin keeps images under their bare digest, too: sha256:….
    if (/^sha256:[\da-f]{64}$/.test(name)) return { repository: '<none>', tag: '<none>' };
    return {
      repository: familiarName(reference),
      tag: reference.tag ?? (reference.digest ? '<none>' : 'latest'),
    };
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return { repository: /^sha256:[\da-f]{64}$/.test(name) ? '<none>' : name, tag: '<none>' };
  }
}

interface FoundConfig {
  readonly digest: string;
  readonly config: ImageConfig;
}

/** The config for this platform; else for the first platform that is here. */
async function configOf(graph: BlobGraph, target: Descriptor, depth = 0): Promise<FoundConfig | undefined> {
  if (depth > 8) return undefined;
  try {
    const children = await graph.childrenOf(target);
    if (!isIndex(target.mediaType)) {
      const [config] = children;
      return config && { digest: config.digest, config: await graph.config(config) };
    }
    const matcher = only(defaultPlatform());
    const own = ({ platform }: Descriptor): boolean => platform !== undefined && matcher.matches(platform);
    for (const child of [...children.filter(own), ...children.filter((each) => !own(each))]) {
      const found = await configOf(graph, child, depth + 1);
      if (found) return found;
    }
    return undefined;
  } catch (error) {
    if (error instanceof KindError) return undefined; // of this platform not all is here
    throw error;
  }
}

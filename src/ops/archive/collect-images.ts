import type { Client } from '../../client/client.js';
import type { Descriptor, Platform } from '../../oci/descriptor.js';
import type { Digest } from '../../oci/digest.js';
import { KindError, hasKind } from '../../oci/errors.js';
import { isIndex, isManifest } from '../../oci/media-types.js';
import { anyOf, onlyStrict, type PlatformMatcher } from '../../oci/platform-matcher.js';
import { defaultPlatform } from '../../oci/platform.js';
import { blobPath, nameAnnotations, repoTag, tagAnnotation } from '../../oci/archive/names.js';
import { BlobGraph } from '../blob-graph.js';
import type { DockerEntry } from './documents.js';

/** Which images, and what of them. */
export interface CollectOptions {
  readonly client: Client;
  readonly images: readonly string[];
  readonly platforms: readonly Platform[];
  readonly allPlatforms: boolean;
  readonly skipManifestJson: boolean;
}

/** What an archive of images consists of. */
export interface Collected {
  /** One descriptor for each name, for index.json. */
  readonly images: readonly Descriptor[];
  /** Every blob, each once. */
  readonly blobs: ReadonlyMap<Digest, Descriptor>;
  /** For manifest.json; empty if that is not wanted. */
  readonly docker: readonly DockerEntry[];
}

/** Labels of a blob that say where it was pulled from. */
const sourceLabel = 'containerd.io/distribution.source';

/**
 * Finds everything that an archive of these images needs (Images.Get, Content.Info, and Content.Read of the
 * manifests and indexes).
 * @throws KindError 'not found' for a name, a platform or a manifest that is not there
 */
export async function collectImages(options: CollectOptions): Promise<Collected> {
  const { client, platforms } = options;
  const matcher = platforms.length > 0 ? anyOf(platforms) : onlyStrict(defaultPlatform());
  const images = await Promise.all(options.images.map((name) => describe(client, name)));
  const collector = new Collector(new BlobGraph(client), matcher, options.allPlatforms);
  const chosen: (readonly [name: string, manifest: Descriptor])[] = [];
  for (const { name, target } of images) chosen.push([name, await collector.add(target)]);
  return {
    images: images.map(({ target }) => target),
    blobs: collector.blobs,
    docker: options.skipManifestJson ? [] : await collector.dockerEntries(chosen),
  };
}

interface NamedImage {
  readonly name: string;
  readonly target: Descriptor;
}

/** The image's descriptor with its name, and where it comes from, in the annotations. */
async function describe(client: Client, name: string): Promise<NamedImage> {
  const { target } = await client.images.get(name);
  const { labels } = await client.content.info(target.digest);
  const annotations = new Map([
    ...target.annotations,
    [nameAnnotations.full, name],
    [nameAnnotations.tag, tagAnnotation(name)],
    ...[...labels].filter(([key]) => key.startsWith(sourceLabel)),
  ]);
  return { name, target: { ...target, annotations } };
}

class Collector {
  readonly blobs = new Map<Digest, Descriptor>();

  constructor(
    private readonly graph: BlobGraph,
    private readonly matcher: PlatformMatcher,
    private readonly allPlatforms: boolean,
  ) {}

  /** Adds an image's blobs; gives the manifest that docker shall take for it. */
  async add(target: Descriptor): Promise<Descriptor> {
    if (isManifest(target.mediaType)) {
      await this.walk(target);
      return target;
    }
    if (!isIndex(target.mediaType)) {
      throw new KindError('invalid argument', `only manifests may be exported: ${target.mediaType} is none`);
    }
    this.blobs.set(target.digest, target);
    const manifests = await this.graph.childrenOf(target);
    const fitting = manifests.filter(({ platform }) => !platform || this.matcher.matches(platform));
    await Promise.all((this.allPlatforms ? manifests : fitting).map((manifest) => this.walk(manifest)));
    const [first] = [...fitting].sort((a, b) => this.compare(a, b));
    if (!first) {
      throw new KindError('not found', 'no manifest found for platform: not found', {
        hint: '--platform names one that the image has',
      });
    }
    return first;
  }

  /** docker's view of the images, names of one manifest together. */
  async dockerEntries(chosen: readonly (readonly [string, Descriptor])[]): Promise<readonly DockerEntry[]> {
    const manifests = new Map(chosen.map(([, manifest]) => [manifest.digest, manifest]));
    return Promise.all(
      [...manifests.values()].map(async (manifest) => {
        const [config, ...layers] = await this.graph.childrenOf(manifest);
        if (!config) throw new KindError('invalid argument', `manifest ${manifest.digest} has no config`);
        const names = chosen.filter(([, { digest }]) => digest === manifest.digest).map(([name]) => name);
        return {
          config: blobPath(config.digest),
          repoTags: names.map(repoTag),
          layers: layers.map(({ digest }) => blobPath(digest)),
        };
      }),
    );
  }

  private async walk(descriptor: Descriptor): Promise<void> {
    if (this.blobs.has(descriptor.digest)) return;
    this.blobs.set(descriptor.digest, descriptor);
    const children = await this.graph.childrenOf(descriptor).catch((error: unknown) => {
      if (!hasKind(error, 'not found')) throw error;
      throw new KindError('not found', (error as Error).message, {
        cause: error,
        hint: 'pull it with --all-platforms first, or export fewer platforms',
      });
    });
    await Promise.all(children.map((child) => this.walk(child)));
  }

  private compare(a: Descriptor, b: Descriptor): number {
    if (!a.platform || !b.platform) return a.platform ? -1 : b.platform ? 1 : 0;
    return this.matcher.compare(a.platform, b.platform);
  }
}

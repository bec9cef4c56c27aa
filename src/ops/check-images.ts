import type { Client } from '../client/client.js';
import type { Image } from '../client/images.js';
import type { Snapshots } from '../client/snapshots.js';
import { chainId } from '../oci/chain-id.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { Digest } from '../oci/digest.js';
import { hasKind, KindError, prefixed } from '../oci/errors.js';
import { isIndex, isManifest } from '../oci/media-types.js';
import { only, type PlatformMatcher } from '../oci/platform-matcher.js';
import { defaultPlatform } from '../oci/platform.js';
import { BlobGraph } from './blob-graph.js';
import { limited } from './limited.js';
import { selectManifests } from './select-manifests.js';

/** What of an image is here for this machine's platform. */
export interface CheckedImage {
  readonly image: Image;
  /** Config and layers; undefined where the manifest is not here to tell. */
  readonly required: readonly Descriptor[] | undefined;
  readonly present: readonly Descriptor[];
  readonly unpacked: boolean;
  /** Why it is not known what is here. */
  readonly contentError?: KindError;
  /** Why it is not known whether it is unpacked. */
  readonly unpackError?: KindError;
}

/** Calls under way at once. */
const calls = 16;

/**
 * Checks images, side by side (Content.Read, Content.Info, Snapshots.Stat): each blob and each snapshot is looked for once.
 * What goes wrong with one image is told, not thrown.
 */
export function checkImages(
  client: Client,
  images: readonly Image[],
  snapshotter: string,
): Promise<CheckedImage[]> {
  const checker = new Checker(client, client.snapshots(snapshotter));
  return Promise.all(images.map((image) => checker.check(image)));
}

class Checker {
  private readonly graph: BlobGraph;
  private readonly slot = limited(calls);
  private readonly matcher: PlatformMatcher = only(defaultPlatform());
  private readonly blobs = new Map<string, Promise<boolean>>();
  private readonly unpackings = new Map<string, Promise<boolean>>();

  constructor(
    private readonly client: Client,
    private readonly snapshots: Snapshots,
  ) {
    this.graph = new BlobGraph(client);
  }

  async check(image: Image): Promise<CheckedImage> {
    const children = this.manifestOf(image.target);
    const [content, unpacking] = await Promise.all([
      told(this.content(children), `unable to check ${image.name}`),
      told(this.unpacked(children), `unable to check unpack for ${image.name}`),
    ]);
    return {
      image,
      required: content.value?.required,
      present: content.value?.present ?? [],
      unpacked: unpacking.value ?? false,
      ...(content.error ? { contentError: content.error } : {}),
      ...(unpacking.error ? { unpackError: unpacking.error } : {}),
    };
  }

  /** The config and the layers that this machine needs. @throws KindError 'not found' */
  private async manifestOf(target: Descriptor): Promise<readonly Descriptor[]> {
    const children = await this.graph.childrenOf(target);
    if (isManifest(target.mediaType)) return children;
    if (!isIndex(target.mediaType)) {
      throw new KindError('not found', `no match for platform in manifest ${target.digest}: not found`);
    }
    const [manifest] = selectManifests(children, this.matcher, 1, target);
    return manifest ? this.manifestOf(manifest) : [];
  }

  private async content(children: Promise<readonly Descriptor[]>): Promise<{
    readonly required: readonly Descriptor[] | undefined;
    readonly present: readonly Descriptor[];
  }> {
    const required = await children.catch((error: unknown) => {
      if (!hasKind(error, 'not found')) throw error;
      return undefined;
    });
    const found = await Promise.all((required ?? []).map(({ digest }) => this.has(digest)));
    return { required, present: (required ?? []).filter((_, index) => found[index]) };
  }

  private async unpacked(children: Promise<readonly Descriptor[]>): Promise<boolean> {
    const [config] = await children;
    if (!config) return false;
    const top = chainId((await this.graph.config(config)).diffIds);
    return top === undefined ? false : this.isUnpacked(top);
  }

  private has(digest: Digest): Promise<boolean> {
    return once(this.blobs, digest, () => isFound(this.slot(() => this.client.content.info(digest))));
  }

  private isUnpacked(chain: Digest): Promise<boolean> {
    return once(this.unpackings, chain, () => isFound(this.slot(() => this.snapshots.stat(chain))));
  }
}

/** Whether what is asked for is there. */
async function isFound(looking: Promise<unknown>): Promise<boolean> {
  return looking.then(
    () => true,
    (error: unknown) => {
      if (!hasKind(error, 'not found')) throw error;
      return false;
    },
  );
}

/** An outcome, its error with the words that ctr puts before it. */
async function told<T>(
  work: Promise<T>,
  words: string,
): Promise<{ readonly value?: T; readonly error?: KindError }> {
  try {
    return { value: await work };
  } catch (error) {
    const named = prefixed(words, error);
    if (!(named instanceof KindError)) throw error;
    return { error: named };
  }
}

function once(
  known: Map<string, Promise<boolean>>,
  key: string,
  make: () => Promise<boolean>,
): Promise<boolean> {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

import type { Client } from '../../client/client.js';
import type { Descriptor } from '../../oci/descriptor.js';
import { KindError, hasKind } from '../../oci/errors.js';
import { isForeignLayer, isIndex, isLayer, isManifest } from '../../oci/media-types.js';
import type { PlatformMatcher } from '../../oci/platform-matcher.js';
import { BlobGraph } from '../blob-graph.js';
import { gcLabels } from '../gc-labels.js';
import { limited } from '../limited.js';

/** What of an archive is kept, and how. */
export interface LinkOptions {
  /** Under a lease. */
  readonly client: Client;
  readonly matcher: PlatformMatcher;
  /** Leave layers to the collector: their snapshots are enough. */
  readonly discardLayers: boolean;
}

const calls = 16;
const maxDepth = 8;

/** Bytes of a manifest, an index or a config. */
const maxDocument = 4n * 1024n * 1024n;

/**
 * Ties what an archive brought together by the collector's labels (Content.Update), for the platforms wanted, and makes
 * sure that all of it is there.
 * @throws KindError 'not found' naming a blob that is neither in the archive nor in the store, or when no platform fits
 */
export async function linkContent(manifests: readonly Descriptor[], options: LinkOptions): Promise<void> {
  const linker = new Linker(options);
  const wanted = linker.fitting(manifests);
  if (wanted.length === 0) throw filteredOut();
  await Promise.all(wanted.map((manifest) => linker.link(manifest, 0)));
  if (linker.kept === 0) throw filteredOut();
}

/** The labels for what is kept of a manifest or index. */
export function keepLabels(children: readonly Descriptor[], discardLayers: boolean): Map<string, string> {
  return gcLabels(discardLayers ? children.filter(({ mediaType }) => !isLayer(mediaType)) : children);
}

class Linker {
  kept = 0;
  private readonly graph: BlobGraph;
  private readonly slot = limited(calls);
  private readonly done = new Set<string>();

  constructor(private readonly options: LinkOptions) {
    this.graph = new BlobGraph(options.client);
  }

  fitting(children: readonly Descriptor[]): Descriptor[] {
    return children.filter(({ platform }) => !platform || this.options.matcher.matches(platform));
  }

  async link(descriptor: Descriptor, depth: number): Promise<void> {
    const { client, discardLayers } = this.options;
    const { digest, mediaType } = descriptor;
    if (this.done.has(digest)) return;
    this.done.add(digest);
    if (depth > maxDepth) throw new KindError('invalid argument', 'indexes are nested too deeply');
    if (!isIndex(mediaType) && !isManifest(mediaType)) return this.requireBlob(descriptor);
    const children = this.fitting(await this.childrenOf(descriptor));
    if (children.length === 0) return;
    this.kept += children.length;
    const labels = keepLabels(children, discardLayers);
    const fields = [...labels.keys()].map((key) => `labels.${key}`);
    await Promise.all([
      fields.length > 0 && this.slot(() => client.content.update(digest, labels, fields)),
      ...children.map((child) => this.link(child, depth + 1)),
    ]);
  }

  private async childrenOf(descriptor: Descriptor): Promise<readonly Descriptor[]> {
    await this.requireBlob(descriptor);
    requireReadable(descriptor);
    try {
      return await this.graph.childrenOf(descriptor);
    } catch (error) {
      if (hasKind(error, 'not found')) throw missing(descriptor, error);
      throw error;
    }
  }

  private async requireBlob(descriptor: Descriptor): Promise<void> {
    if (isForeignLayer(descriptor.mediaType)) return;
    const info = await this.slot(() => this.options.client.content.info(descriptor.digest)).catch(
      (error: unknown) => {
        throw hasKind(error, 'not found') ? missing(descriptor, error) : error;
      },
    );
    if (info.size !== descriptor.size) {
      throw new KindError(
        'invalid argument',
        `blob ${descriptor.digest} has ${info.size} bytes, its manifest says ${descriptor.size}`,
      );
    }
  }
}

/** Refuses a document that is too large to be read into memory. @throws KindError 'resource exhausted' */
export function requireReadable({ digest, size }: Pick<Descriptor, 'digest' | 'size'>): void {
  if (size <= maxDocument) return;
  throw new KindError('resource exhausted', `${digest} is a document of ${size} bytes`, {
    hint: `tctr reads at most ${maxDocument} of a manifest, an index or a config`,
  });
}

function missing({ digest }: Descriptor, cause: unknown): KindError {
  return new KindError('not found', `content digest ${digest}: not found`, {
    cause,
    hint: 'neither the archive nor the content store has it',
  });
}

function filteredOut(): KindError {
  return new KindError('invalid argument', 'image might be filtered out', {
    hint: 'the archive has nothing for this platform; try --all-platforms --no-unpack, or --platform',
  });
}

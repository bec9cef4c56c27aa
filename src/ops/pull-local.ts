import type { Client } from '../client/client.js';
import type { ProgressEvent } from '../output/progress-events.js';
import { formatDuration } from '../output/duration.js';
import type { Digest } from '../oci/digest.js';
import { prefixed } from '../oci/errors.js';
import { decodeImageConfig } from '../oci/image-config.js';
import { only } from '../oci/platform-matcher.js';
import { formatPlatform } from '../oci/platform.js';
import type { Descriptor, Platform } from '../oci/descriptor.js';
import { formatReference, parseReference, requireObject } from '../oci/reference.js';
import type { Remote } from '../remotes/remote.js';
import { withEvents } from './events.js';
import { fetchImage, type FetchedImage, type FetchedManifest } from './fetch-image.js';
import { withLease } from './lease.js';
import { putImage } from './put-image.js';
import { unpack } from './unpack.js';

/** What to pull, and what to do with it. */
export interface PullOptions {
  readonly client: Client;
  readonly reference: string;
  /** Wanted platforms; none means every platform. */
  readonly platforms: readonly Platform[];
  readonly snapshotter: string;
  /** Labels of the image record. */
  readonly labels: ReadonlyMap<string, string>;
  readonly allMetadata: boolean;
  readonly syncFs: boolean;
  readonly signal: AbortSignal;
}

/** What only a pull done by tctr itself can do. */
export interface LocalPullOptions extends PullOptions {
  readonly remote: Remote;
  /** Layers downloaded at once; 0 for the default. */
  readonly concurrency: number;
  readonly printChainId: boolean;
}

/**
 * Pulls an image with tctr as the registry's client: for daemons without a transfer service, and for what
 * that cannot do. Unpacks while later layers still download; the image gets its name at the end.
 */
export function pullLocal(options: LocalPullOptions): AsyncGenerator<ProgressEvent, Descriptor> {
  return withEvents(async (emit, stopped) => {
    const signal = AbortSignal.any([options.signal, stopped]);
    const reference = requireObject(parseReference(options.reference));
    const name = formatReference(reference);
    const say = (status: string): void => emit({ kind: 'status', name, status, offset: 0n, total: 0n });
    say('resolving');
    const { descriptor } = await options.remote.resolve(reference, { signal });
    say('resolved');
    return withLease(options.client, async (client) => {
      // One failure ends the downloads that are still under way.
      const failed = new AbortController();
      const image = await fetchImage(descriptor, {
        client,
        remote: options.remote,
        reference,
        matchers: options.platforms.map(only),
        allMetadata: options.allMetadata,
        concurrency: options.concurrency,
        emit,
        signal: AbortSignal.any([signal, failed.signal]),
      });
      try {
        await Promise.all([image.done, unpackAll({ ...options, client, emit, image, target: descriptor })]);
      } catch (error) {
        failed.abort(error);
        await image.settled;
        throw error;
      }
      await putImage(client, { name, labels: options.labels, target: descriptor });
      return descriptor;
    });
  });
}

interface UnpackAllOptions extends LocalPullOptions {
  readonly image: FetchedImage;
  readonly target: Descriptor;
  readonly emit: (event: ProgressEvent) => void;
}

/** Unpacks each wanted platform's layers as they arrive. */
async function unpackAll(options: UnpackAllOptions): Promise<void> {
  const started = process.hrtime.bigint();
  for (const manifest of options.image.manifests) {
    const config = decodeImageConfig(await options.client.content.readAll(manifest.config.digest));
    const platform = manifest.descriptor.platform ?? config.platform;
    // Unpacking begins with the first layer, but is told of when the downloads are done: one thing at a time.
    const text = `unpacking ${formatPlatform(platform)} ${options.target.digest}...`;
    void options.image.done.then(
      () => options.emit({ kind: 'message', text }),
      () => undefined,
    );
    const chainId = await unpackOne(options, manifest, config.diffIds);
    if (options.printChainId) options.emit({ kind: 'message', text: `image chain ID: ${chainId}` });
  }
  options.emit({ kind: 'message', text: `done: ${formatDuration(process.hrtime.bigint() - started)}` });
}

async function unpackOne(
  options: UnpackAllOptions,
  manifest: FetchedManifest,
  diffIds: readonly Digest[],
): Promise<Digest> {
  const { client, snapshotter, image, syncFs } = options;
  const { config, layers } = manifest;
  try {
    return await unpack({ client, snapshotter, config, layers, diffIds, syncFs, fetched: image.layer });
  } catch (error) {
    throw prefixed(`apply layer error for ${JSON.stringify(options.reference)}`, error);
  }
}

import type { Client } from '../client/client.js';
import type { Descriptor, Platform } from '../oci/descriptor.js';
import { noPlatform, onlyStrict } from '../oci/platform-matcher.js';
import { formatReference, type Reference } from '../oci/reference.js';
import type { ProgressEvent } from '../output/progress-events.js';
import type { Remote } from '../remotes/remote.js';
import { withEvents } from './events.js';
import { fetchImage } from './fetch-image.js';
import { withLease } from './lease.js';
import { putImage } from './put-image.js';

/** What to fetch into the store, without unpacking it. */
export interface FetchOptions {
  readonly client: Client;
  readonly remote: Remote;
  readonly reference: Reference;
  /** Wanted platforms, themselves and not what they run besides; none means every platform. */
  readonly platforms: readonly Platform[];
  /** Labels of the image record. */
  readonly labels: ReadonlyMap<string, string>;
  /** Manifests and configs of the other platforms too. */
  readonly allMetadata: boolean;
  /** The layers of no platform of an index. */
  readonly metadataOnly: boolean;
  readonly signal: AbortSignal;
}

/** Fetches an image into the content store, and names it. An interrupted fetch leaves nothing. */
export function fetch(options: FetchOptions): AsyncGenerator<ProgressEvent, Descriptor> {
  return withEvents(async (emit, stopped) => {
    const { remote, reference, labels, allMetadata, metadataOnly } = options;
    const signal = AbortSignal.any([options.signal, stopped]);
    const name = formatReference(reference);
    const say = (status: string): void => emit({ kind: 'status', name, status, offset: 0n, total: 0n });
    say('resolving');
    const { descriptor } = await remote.resolve(reference, { signal });
    say('resolved');
    return withLease(options.client, async (client) => {
      // One failure ends the downloads that are still under way.
      const failed = new AbortController();
      const image = await fetchImage(descriptor, {
        client,
        remote,
        reference,
        matchers: metadataOnly ? [noPlatform] : options.platforms.map(onlyStrict),
        every: true,
        allMetadata: allMetadata || metadataOnly,
        concurrency: 0,
        emit,
        signal: AbortSignal.any([signal, failed.signal]),
      });
      try {
        await image.done;
      } catch (error) {
        failed.abort(error);
        await image.settled;
        throw error;
      }
      await putImage(client, { name, labels, target: descriptor });
      return descriptor;
    });
  });
}

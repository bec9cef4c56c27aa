import { imageStore } from '../client/transfer-types.js';
import type { ProgressEvent } from '../output/progress-events.js';
import { formatReference, parseReference, requireObject } from '../oci/reference.js';
import { withEvents } from './events.js';
import { withLease } from './lease.js';
import type { PullOptions } from './pull-local.js';
import { transferWithRegistry, type TransferRegistry } from './registry-transfer.js';

/** What to pull, and what the daemon has to be told to reach the registry. */
export type TransferPullOptions = PullOptions & TransferRegistry;

/**
 * Pulls an image through the daemon's transfer service (containerd 2.0 and later): the daemon talks to
 * the registry and unpacks.
 */
export function pullTransfer(options: TransferPullOptions): AsyncGenerator<ProgressEvent, void> {
  return withEvents(async (emit, stopped) => {
    const signal = AbortSignal.any([options.signal, stopped]);
    const reference = requireObject(parseReference(options.reference));
    const { labels, platforms, snapshotter, allMetadata } = options;
    const name = formatReference(reference);
    const destination = imageStore({ name, labels, platforms, allMetadata, snapshotter });
    await withLease(options.client, (client) =>
      transferWithRegistry({
        ...options,
        client,
        reference,
        emit,
        signal,
        ends: (source) => ({ source, destination }),
      }),
    );
  });
}

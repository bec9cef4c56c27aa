import type { Client } from '../client/client.js';
import { storedImage } from '../client/transfer-types.js';
import type { Platform } from '../oci/descriptor.js';
import type { Reference } from '../oci/reference.js';
import type { ProgressEvent } from '../output/progress-events.js';
import { withEvents } from './events.js';
import { transferWithRegistry, type TransferRegistry } from './registry-transfer.js';

/** An image of the store, and what the daemon has to be told to push it. */
export interface TransferPushOptions extends TransferRegistry {
  readonly client: Client;
  readonly reference: Reference;
  /** The image's name in the store. */
  readonly image: string;
  /** None means every platform. */
  readonly platforms: readonly Platform[];
  readonly signal: AbortSignal;
}

/**
 * Pushes an image through the daemon's transfer service (containerd 2.0 and later): the daemon talks to the registry.
 * No lease: a push makes nothing, and the image keeps its content.
 */
export function pushTransfer(options: TransferPushOptions): AsyncGenerator<ProgressEvent, void> {
  return withEvents(async (emit, stopped) => {
    const { image, platforms } = options;
    const signal = AbortSignal.any([options.signal, stopped]);
    const source = storedImage(image, platforms);
    await transferWithRegistry({
      ...options,
      emit,
      signal,
      ends: (destination) => ({ source, destination }),
    });
  });
}

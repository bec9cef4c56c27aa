import type { Client } from '../client/client.js';
import { ociRegistry, storedImage } from '../client/transfer-types.js';
import type { Platform } from '../oci/descriptor.js';
import { formatReference, referenceHost, type Reference } from '../oci/reference.js';
import type { ProgressEvent } from '../output/progress-events.js';
import { withEvents } from './events.js';
import { answerAuthRequests, type Login } from './transfer-auth.js';
import { openProgress } from './transfer-progress.js';

/** An image of the store, and what the daemon has to be told to push it. */
export interface TransferPushOptions {
  readonly client: Client;
  readonly reference: Reference;
  /** The image's name in the store. */
  readonly image: string;
  /** None means every platform. */
  readonly platforms: readonly Platform[];
  readonly hostsDir: string;
  readonly plainHttp: boolean;
  readonly login: Login | undefined;
  readonly signal: AbortSignal;
}

/**
 * Pushes an image through the daemon's transfer service (containerd 2.0 and later): the daemon talks to the registry, this
 * side draws progress and answers for the login. No lease: a push makes nothing, and the image keeps its content.
 */
export function pushTransfer(options: TransferPushOptions): AsyncGenerator<ProgressEvent, void> {
  return withEvents(async (emit, stopped) => {
    const { client, reference, image, platforms, hostsDir, plainHttp, login } = options;
    const signal = AbortSignal.any([options.signal, stopped]);
    const progress = await openProgress(client, emit, signal);
    const auth = login
      ? await answerAuthRequests(client, { host: referenceHost(reference), login, signal })
      : undefined;
    try {
      const registry = ociRegistry({
        reference: formatReference(reference),
        authStream: auth?.id ?? '',
        hostDir: hostsDir,
        defaultScheme: plainHttp ? 'http' : '',
      });
      await client.transfer.transfer(storedImage(image, platforms), registry, {
        progressStream: progress.id,
        signal,
      });
      await progress.drain();
    } finally {
      auth?.close();
      progress.close();
    }
  });
}

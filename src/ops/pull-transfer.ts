import type { Any } from '../client/typeurl.js';
import type { ProgressEvent } from '../output/progress-events.js';
import { formatReference, parseReference, referenceHost, requireObject } from '../oci/reference.js';
import { answerAuthRequests, type Login } from './transfer-auth.js';
import { withEvents } from './events.js';
import { withLease } from './lease.js';
import type { PullOptions } from './pull-local.js';
import { openProgress } from './transfer-progress.js';
import { imageStore, ociRegistry } from '../client/transfer-types.js';

/** What the daemon has to be told to reach the registry. */
export interface TransferPullOptions extends PullOptions {
  readonly hostsDir: string;
  readonly plainHttp: boolean;
  readonly login: Login | undefined;
}

/**
 * Pulls an image through the daemon's transfer service (containerd 2.0 and later): the daemon talks to
 * the registry and unpacks; this side draws progress and answers for the login.
 */
export function pullTransfer(options: TransferPullOptions): AsyncGenerator<ProgressEvent, void> {
  return withEvents(async (emit, stopped) => {
    const signal = AbortSignal.any([options.signal, stopped]);
    const reference = requireObject(parseReference(options.reference));
    const name = formatReference(reference);
    await withLease(options.client, async (client) => {
      const progress = await openProgress(client, emit, signal);
      const auth = options.login
        ? await answerAuthRequests(client, { host: referenceHost(reference), login: options.login, signal })
        : undefined;
      try {
        await client.transfer.transfer(source(options, name, auth?.id), destination(options, name), {
          progressStream: progress.id,
          signal,
        });
        await progress.drain();
      } finally {
        auth?.close();
        progress.close();
      }
    });
  });
}

function source({ hostsDir, plainHttp }: TransferPullOptions, reference: string, authStream = ''): Any {
  return ociRegistry({ reference, authStream, hostDir: hostsDir, defaultScheme: plainHttp ? 'http' : '' });
}

function destination(
  { labels, platforms, snapshotter, allMetadata }: TransferPullOptions,
  name: string,
): Any {
  return imageStore({ name, labels, platforms, allMetadata, snapshotter });
}

import { importStore, importStream } from '../../client/archive-types.js';
import { sendBytes } from '../../client/byte-stream.js';
import { streamId } from '../../client/streaming.js';
import { defaultPlatform } from '../../oci/platform.js';
import type { ProgressEvent } from '../../output/progress-events.js';
import { withEvents } from '../events.js';
import { withLease } from '../lease.js';
import { openProgress } from '../transfer-progress.js';
import { defaultBaseName, type ImportOptions } from './import-local.js';
import { archiveBytes } from './input.js';

/**
 * Imports the images of an archive through the daemon's transfer service (containerd 2.0 and later): the daemon
 * reads, verifies and unpacks; this side sends the archive's bytes, compressed or not.
 */
export function importTransfer(options: ImportOptions): AsyncGenerator<ProgressEvent, void> {
  return withEvents(async (emit, stopped) => {
    const ended = new AbortController();
    const signal = AbortSignal.any([options.signal, stopped]);
    const reading = AbortSignal.any([signal, ended.signal]);
    const bytes = await archiveBytes(options.source, reading);
    await withLease(options.client, async (client) => {
      const failed = new AbortController();
      const transferring = AbortSignal.any([signal, failed.signal]);
      const progress = await openProgress(client, emit, signal);
      const stream = streamId('import');
      const duplex = await client.streaming.open(stream, { signal });
      const sent = sendBytes(duplex, bytes);
      sent.catch((error: unknown) => {
        if (!ended.signal.aborted) failed.abort(error);
      });
      try {
        await client.transfer.transfer(
          importStream({ stream, forceCompress: options.compress }),
          destination(options),
          { progressStream: progress.id, signal: transferring },
        );
        await progress.drain();
      } catch (error) {
        // An archive that cannot be read is the reason why the transfer has been ended.
        throw failed.signal.aborted && !signal.aborted ? await sourceError(failed.signal, error) : error;
      } finally {
        ended.abort(new Error('the transfer has ended'));
        duplex.cancel();
        await sent.catch(() => undefined);
        progress.close();
      }
    });
  });
}

/** What ended the sending: the source's own failure, unless the daemon's answer says more. */
function sourceError({ reason }: AbortSignal, answer: unknown): Promise<unknown> {
  return Promise.resolve(reason instanceof Error ? reason : answer);
}

function destination(options: ImportOptions) {
  const { baseName, digests, skipNamedDigest, indexName, labels, snapshotter, allPlatforms } = options;
  const platform = options.platform ?? defaultPlatform();
  return importStore({
    indexName,
    prefix: baseName || defaultBaseName(),
    overwrite: baseName === '',
    digests,
    // ctr: `image import --digests` names by digest what has no name; --skip-digest-for-named turns that round.
    skipNamedDigest: digests && !skipNamedDigest,
    labels,
    platforms: allPlatforms ? [] : [platform],
    unpack: options.unpack ? { platform, snapshotter } : undefined,
  });
}

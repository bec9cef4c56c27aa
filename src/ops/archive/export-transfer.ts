import { exportStream, storedImages } from '../../client/archive-types.js';
import { receiveBytes } from '../../client/byte-stream.js';
import { streamId } from '../../client/streaming.js';
import { KindError } from '../../oci/errors.js';
import { TarEnd } from '../../oci/archive/tar-end.js';
import { withLease } from '../lease.js';
import type { ExportOptions } from './export-local.js';
import type { ArchiveOutput } from './output-file.js';

/** Milliseconds that the archive's last bytes may be late behind the daemon's word that all are sent. */
const patience = 10_000;

/**
 * Has the daemon's transfer service write the archive (containerd 2.0 and later), and takes its bytes. A failure
 * to write them ends the daemon's work.
 */
export async function exportTransfer(options: ExportOptions, output: ArchiveOutput): Promise<void> {
  const { client: outer, images, platforms, allPlatforms, skipManifestJson, skipNonDistributable } = options;
  await withLease(outer, async (client) => {
    const failed = new AbortController();
    const signal = AbortSignal.any([options.signal, failed.signal]);
    const id = streamId('export');
    const stream = await client.streaming.open(id, { signal });
    const copy = new Copy(receiveBytes(stream), output);
    copy.done.catch((error: unknown) => failed.abort(error));
    const destination = exportStream({
      stream: id,
      platforms,
      allPlatforms,
      skipManifestJson,
      skipNonDistributable,
    });
    try {
      await client.transfer.transfer(storedImages(images), destination, { signal });
      await copy.ended();
    } catch (error) {
      // Why the writing failed says more than that the transfer has been ended for it.
      throw failed.signal.aborted ? failed.signal.reason : error;
    } finally {
      stream.cancel();
      await copy.done.catch(() => undefined);
    }
  });
}

/** Copies the archive up to its end: the daemon leaves the stream open behind it. */
class Copy {
  readonly done: Promise<void>;
  private writing = false;
  private moved = Date.now();

  constructor(bytes: AsyncIterable<Uint8Array>, output: ArchiveOutput) {
    this.done = this.run(bytes, output);
  }

  /** Waits for the end, but not for a daemon that sends nothing more. */
  async ended(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    this.moved = Date.now();
    const silent = new Promise<never>((_, reject) => {
      timer = setInterval(() => {
        if (!this.writing && Date.now() - this.moved > patience) reject(cutShort());
      }, patience / 10);
    });
    await Promise.race([this.done, silent]).finally(() => clearInterval(timer));
  }

  private async run(bytes: AsyncIterable<Uint8Array>, output: ArchiveOutput): Promise<void> {
    const end = new TarEnd();
    for await (const chunk of bytes) {
      this.writing = true;
      await output.write(chunk);
      this.writing = false;
      this.moved = Date.now();
      end.push(chunk);
      if (end.reached) return;
    }
    throw cutShort();
  }
}

function cutShort(): KindError {
  return new KindError('data loss', 'containerd ended the archive before its end');
}

import type { Client } from '../../client/client.js';
import { KindError, prefixed } from '../../oci/errors.js';
import { isLayer } from '../../oci/media-types.js';
import { defaultPlatform } from '../../oci/platform.js';
import { decompressed } from '../archive/input.js';
import { readTar } from '../archive/read-tar.js';
import { imageForPlatform } from '../image-for-platform.js';
import { readBlob } from '../read-blob.js';
import { InstallStage } from './install-stage.js';

/** An image whose programs are to be installed. */
export interface InstallOptions {
  readonly client: Client;
  readonly ref: string;
  /** Undefined for the daemon's own opt folder. */
  readonly path: string | undefined;
  /** Its lib/ as well as its bin/. */
  readonly libs: boolean;
  /** Over files that are there. */
  readonly replace: boolean;
  readonly signal: AbortSignal;
}

/**
 * Unpacks the files in an image's bin/ (and lib/) into a folder (Content.Read). They are put aside until all are there
 * and every layer has been held against its digest: what fails or is interrupted has installed nothing.
 * @throws KindError in ctr's words
 */
export async function installImage(options: InstallOptions): Promise<void> {
  const { client, ref, libs, replace, signal } = options;
  const [path, { manifest }] = await Promise.all([
    options.path || optPath(client),
    imageForPlatform(client, ref, defaultPlatform()),
  ]);
  const stage = new InstallStage(path, { folders: libs ? ['bin', 'lib'] : ['bin'], replace });
  try {
    for (const { digest, mediaType } of manifest.layers) {
      if (!isLayer(mediaType)) continue;
      const blob = readBlob(client, digest, signal);
      stage.nextLayer();
      try {
        for await (const member of readTar(decompressed(untouched(blob), `layer ${digest}`))) {
          signal.throwIfAborted();
          await stage.add(member);
        }
        // What stands behind the archive belongs to the digest, too.
        while (!(await blob.next()).done) signal.throwIfAborted();
      } catch (error) {
        throw error instanceof KindError && error.kind === 'invalid argument'
          ? prefixed(`cannot install ${ref}`, error)
          : error;
      } finally {
        await blob.return(undefined);
      }
    }
    stage.commit();
  } finally {
    stage.close();
  }
}

/** The same bytes, in a loop that leaves the source open when it is left early. */
async function* untouched(bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (;;) {
    const next = await bytes.next();
    if (next.done === true) return;
    yield next.value;
  }
}

async function optPath(client: Client): Promise<string> {
  const [plugin, ...others] = await client.introspection.plugins(['id==opt']);
  const hint = '--path names a folder';
  if (!plugin || others.length > 0) throw new KindError('unavailable', 'opt service not enabled', { hint });
  const path = plugin.exports.get('path') ?? '';
  if (path === '') throw new KindError('unavailable', 'opt path not configured', { hint });
  return path;
}

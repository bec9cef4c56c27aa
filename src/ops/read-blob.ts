import { createHash } from 'node:crypto';
import type { Client } from '../client/client.js';
import { digestAlgorithm, type Digest } from '../oci/digest.js';
import { KindError } from '../oci/errors.js';

/** Bytes asked for at once: grpc reads ahead of a slow reader, up to sixteen messages of a megabyte. */
const part = 4n << 20n;

/**
 * A blob's bytes as they come (Content.Read), held against its digest.
 * @throws ContainerdError 'not found'; KindError 'data loss' behind the last byte where they are others
 */
export async function* readBlob(
  client: Client,
  digest: Digest,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const hash = createHash(digestAlgorithm(digest));
  let offset = 0n;
  for (let end = 0n; offset === end; end += part) {
    for await (const chunk of client.content.read(digest, { offset, size: part, signal })) {
      hash.update(chunk);
      offset += BigInt(chunk.length);
      yield chunk;
    }
  }
  const found = `${digestAlgorithm(digest)}:${hash.digest('hex')}`;
  if (found === digest) return;
  throw new KindError('data loss', `the store has ${found} under ${digest}`, {
    hint: 'its disk may be damaged: delete the blob and fetch it again',
  });
}

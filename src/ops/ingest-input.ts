import { createHash } from 'node:crypto';
import { readInput } from '../cio/input-source.js';
import type { Client } from '../client/client.js';
import type { ContentWriter } from '../client/content-writer.js';
import { parseDigest, type Digest } from '../oci/digest.js';
import { hasKind, KindError, prefixed } from '../oci/errors.js';
import { keepIngest } from './keep-ingest.js';

/** Bytes that come to a descriptor, on their way into the store. */
export interface IngestInputOptions {
  readonly client: Client;
  readonly ref: string;
  /** 0 where it is not known. */
  readonly size: bigint;
  readonly digest?: Digest;
  /** Such as 0. */
  readonly input: number;
  readonly signal: AbortSignal;
}

/**
 * Brings what comes on a descriptor into the content store (Content.Write), going on from what an earlier try left under
 * the ref: as many bytes of the input are taken as read. Nothing is read where the blob is there. No lease and no label
 * keeps the blob, as with ctr.
 * @throws KindError 'failed precondition' where size or digest is another; the ingest goes then
 */
export async function ingestInput(options: IngestInputOptions): Promise<void> {
  const { client, ref, size, digest, signal } = options;
  const blob = digest === undefined ? { size } : { size, digest };
  await keepIngest({ client, ref, blob, signal }, (writer) => copyInput(writer, options));
}

async function copyInput(writer: ContentWriter, options: IngestInputOptions): Promise<void> {
  const { ref, size, signal } = options;
  const resumed = writer.offset;
  // The bytes taken as read must be those that the ingest holds: their digest, with that of the rest, tells.
  const hash = createHash('sha256');
  let count = 0n;
  await readAll(options, async (chunk) => {
    if (resumed > 0n) hash.update(chunk);
    const known = Number(resumed > count ? resumed - count : 0n);
    count += BigInt(chunk.length);
    if (known < chunk.length) await writer.write(chunk.subarray(known));
  });
  signal.throwIfAborted();
  if (count < resumed) throw tooShort(ref, count, resumed);
  if (size > 0n && count < size) throw shortRead(size, count);
  const own = resumed > 0n ? parseDigest(`sha256:${hash.digest('hex')}`) : undefined;
  await commit(writer, options, own);
}

async function commit(writer: ContentWriter, options: IngestInputOptions, own?: Digest): Promise<void> {
  try {
    await writer.commit(new Map(), options.digest ?? own);
  } catch (error) {
    if (hasKind(error, 'already exists')) {
      await options.client
        .forCleanup()
        .content.abort(options.ref)
        .catch(() => undefined); // it went with the commit
      return;
    }
    throw prefixed(`failed commit on ref ${JSON.stringify(options.ref)}: commit failed`, error);
  }
}

/** Reads the descriptor to its end; an abort ends the wait for a byte. */
async function readAll(
  { input, signal }: IngestInputOptions,
  onChunk: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  const reading = readInput(input, onChunk);
  signal.addEventListener('abort', reading.cancel, { once: true });
  try {
    if (signal.aborted) reading.cancel();
    await reading.done;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KindError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new KindError('data loss', `cannot read standard input: ${code ?? message}`, { cause: error });
  } finally {
    signal.removeEventListener('abort', reading.cancel);
  }
}

function shortRead(size: bigint, count: bigint): KindError {
  const message = `short read: expected ${size} bytes but got ${count}: unexpected EOF`;
  return new KindError('failed precondition', message);
}

function tooShort(ref: string, count: bigint, resumed: bigint): KindError {
  const message = `unable to resume write to ${ref}: it holds ${resumed} bytes already, and the input has only ${count}`;
  return new KindError('failed precondition', message, { hint: 'the ingest was dropped: try again' });
}

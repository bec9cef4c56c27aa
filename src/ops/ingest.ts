import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../client/client.js';
import type { ContentWriter } from '../client/content-writer.js';
import type { Descriptor } from '../oci/descriptor.js';
import { hasKind } from '../oci/errors.js';
import { ingestRef } from '../oci/ingest-ref.js';

/** One blob on its way into the content store. */
export interface IngestOptions {
  readonly client: Client;
  readonly descriptor: Descriptor;
  readonly labels: ReadonlyMap<string, string>;
  /** Gives the blob's bytes from an offset on. */
  readonly open: (offset: bigint) => AsyncIterable<Uint8Array>;
  /** Told of the bytes in the store, at most every few dozen kilobytes. */
  readonly onOffset?: (offset: bigint) => void;
  readonly signal: AbortSignal;
}

/** Milliseconds between looks at an ingest that another client holds. */
const lockPoll = 200;
/** Times that a ref may be called locked while nobody is seen to write it. */
const lockMisses = 3;

/**
 * Brings a blob into the content store (Content.Write), going on from what an earlier try left.
 * The daemon verifies size and digest. Gives false when the blob was there already.
 */
export async function ingest(options: IngestOptions): Promise<boolean> {
  const { client, descriptor, labels, signal } = options;
  const ref = ingestRef(descriptor);
  const writer = await openWriter(client, ref, () => client.content.writer(ref, descriptor), signal);
  if (!writer) {
    await addLabels(client, descriptor, labels);
    return false;
  }
  try {
    let offset = writer.offset;
    for await (const chunk of options.open(offset)) {
      signal.throwIfAborted();
      await writer.write(chunk);
      offset += BigInt(chunk.length);
      options.onOffset?.(offset);
    }
    await writer.commit(labels);
    return true;
  } catch (error) {
    writer.close();
    if (hasKind(error, 'already exists')) {
      // Another client was quicker.
      await addLabels(client, descriptor, labels);
      return false;
    }
    // What is wrong must not be resumed, and nothing of an interrupted pull shall stay.
    await client
      .forCleanup()
      .content.abort(ref)
      .catch(() => undefined);
    throw error;
  }
}

/** An ingest's writer; undefined when the blob is in the store. Waits while another client holds the ref. */
export async function openWriter(
  client: Client,
  ref: string,
  open: () => Promise<ContentWriter>,
  signal: AbortSignal,
): Promise<ContentWriter | undefined> {
  for (let misses = 0; ;) {
    signal.throwIfAborted();
    try {
      return await open();
    } catch (error) {
      if (hasKind(error, 'already exists')) return undefined;
      if (!hasKind(error, 'unavailable') && !hasKind(error, 'aborted')) throw error;
      if (!(await isLocked(client, ref))) {
        // Who held it may have left between the two calls.
        const wasLocked = /\blocked\b/.test((error as Error).message);
        if (!wasLocked || ++misses > lockMisses) throw error;
      }
      await sleep(lockPoll, undefined, { signal });
    }
  }
}

/** Whether the ref is being written by someone: the daemon says no more than `unavailable`. */
async function isLocked(client: Client, ref: string): Promise<boolean> {
  return (await client.content.statuses([`ref==${JSON.stringify(ref)}`])).length > 0;
}

/** A blob that another image brought gets this image's labels too. */
async function addLabels(
  client: Client,
  descriptor: Descriptor,
  labels: ReadonlyMap<string, string>,
): Promise<void> {
  if (labels.size === 0) return;
  await client.content.update(
    descriptor.digest,
    labels,
    [...labels.keys()].map((key) => `labels.${key}`),
  );
}

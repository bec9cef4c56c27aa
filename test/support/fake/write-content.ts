import { createHash } from 'node:crypto';
import {
  WriteAction,
  type WriteContentRequest,
  type WriteContentResponse,
} from '../../../src/gen/services/content/v1/content.js';
import { parseDigest, type Digest } from '../../../src/oci/digest.js';
import type { Context } from './handlers.js';
import { alreadyExists, failedPrecondition, invalidArgument, outOfRange, unavailable } from './refusal.js';
import type { Bucket, Ingest, State } from './state.js';

/** Content.Write: one answer for each message; the ingest stays when the client leaves before its commit. */
export async function* writeContent(
  state: State,
  requests: AsyncIterable<WriteContentRequest>,
  context: Context,
): AsyncGenerator<WriteContentResponse> {
  const bucket = state.write(context.namespace);
  let ingest: Ingest | undefined;
  try {
    for await (const request of requests) {
      ingest ??= openIngest(state, bucket, request, context);
      if (request.action === WriteAction.STAT) {
        yield answer(request.action, ingest);
        continue;
      }
      append(state, ingest, request);
      if (request.action !== WriteAction.COMMIT) yield answer(request.action, ingest);
      else {
        const digest = commit(state, bucket, ingest, request, context);
        yield answer(request.action, ingest, digest);
        return;
      }
    }
  } finally {
    if (ingest) ingest.locked = false;
  }
}

function openIngest(
  state: State,
  bucket: Bucket,
  request: WriteContentRequest,
  { namespace, lease }: Context,
): Ingest {
  const { ref, expected, total } = request;
  if (ref === '') throw invalidArgument('first message must have a reference');
  if (bucket.blobs.has(expected as Digest)) throw alreadyExists(`content ${expected}: already exists`);
  const former = bucket.ingests.get(ref);
  if (former?.locked)
    throw unavailable(
      `ref ${namespace}/1/${ref} locked for 1ms (since ${new Date().toISOString()}): unavailable`,
    );
  state.keep(bucket, lease, { id: ref, type: 'ingests' });
  if (former) {
    former.locked = true;
    return former;
  }
  // What another namespace has brought need not be sent again.
  const shared = state.bytes.get(expected as Digest);
  const now = state.clock();
  const data = shared && (total === 0n || total === BigInt(shared.length)) ? shared : Buffer.alloc(0);
  const ingest = { ref, data, total, startedAt: now, updatedAt: now, locked: true };
  bucket.ingests.set(ref, ingest);
  return ingest;
}

function append(state: State, ingest: Ingest, { offset, data, total }: WriteContentRequest): void {
  const held = BigInt(ingest.data.length);
  if (offset > 0n && offset !== held) {
    throw outOfRange(`write @${offset} must occur at current offset ${held}`);
  }
  if (offset === 0n) ingest.data = Buffer.alloc(0);
  if (total > 0n) ingest.total = total;
  ingest.data = Buffer.concat([ingest.data, data]);
  ingest.updatedAt = state.clock();
}

function commit(
  state: State,
  bucket: Bucket,
  ingest: Ingest,
  { expected, total, labels }: WriteContentRequest,
  { lease }: Context,
): string {
  const { ref, data } = ingest;
  if (total > 0n && total !== BigInt(data.length)) {
    throw failedPrecondition(
      `"${ref}" failed size validation: ${data.length} != ${total}: failed precondition`,
    );
  }
  const digest = parseDigest(`sha256:${createHash('sha256').update(data).digest('hex')}`);
  if (expected !== '' && expected !== digest) {
    throw failedPrecondition(`unexpected commit digest ${digest}, expected ${expected}: failed precondition`);
  }
  bucket.ingests.delete(ref);
  if (bucket.blobs.has(digest)) throw alreadyExists(`content ${digest}: already exists`);
  const now = state.clock();
  state.bytes.set(digest, data);
  state.keep(bucket, lease, { id: digest, type: 'content' });
  bucket.blobs.set(digest, { digest, size: BigInt(data.length), labels, createdAt: now, updatedAt: now });
  return digest;
}

function answer(
  action: WriteAction,
  { startedAt, updatedAt, data, total }: Ingest,
  digest = '',
): WriteContentResponse {
  return { action, startedAt, updatedAt, offset: BigInt(data.length), total, digest };
}

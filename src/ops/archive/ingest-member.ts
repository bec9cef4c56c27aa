import { createHash, randomBytes } from 'node:crypto';
import type { Client } from '../../client/client.js';
import type { Digest } from '../../oci/digest.js';
import { parseDigest } from '../../oci/digest.js';
import type { Descriptor } from '../../oci/descriptor.js';
import { KindError, hasKind } from '../../oci/errors.js';
import { sha256Digest } from '../../oci/chain-id.js';
import { ingest } from '../ingest.js';
import { detectCompression, magicLength, type Compression } from './input.js';

/** A member that is in the content store now. */
export interface StoredMember {
  readonly digest: Digest;
  readonly size: bigint;
  readonly compression: Compression;
}

/** Bytes on their way into the content store. */
export interface MemberBytes {
  /** Under a lease. */
  readonly client: Client;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** 0 if it is not known. */
  readonly size: bigint;
  readonly labels?: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}

/**
 * Stores bytes whose digest is known, unless the store has them (Content.Write); the daemon verifies them. What is
 * in the archive is verified also where the store has the blob already.
 */
export async function storeKnown(member: MemberBytes & { readonly digest: Digest }): Promise<StoredMember> {
  const { client, digest, size, labels = new Map(), signal } = member;
  const passing = new Passing(member.bytes, digest.slice(0, digest.indexOf(':')));
  const descriptor: Descriptor = { mediaType: '', digest, size, annotations: new Map() };
  await ingest({ client, descriptor, labels, signal, open: (offset) => passing.from(offset) });
  await passing.drain();
  const found = passing.digest();
  if (found !== digest) {
    throw new KindError('failed precondition', `its bytes have the digest ${found}`, {
      hint: 'the archive is damaged',
    });
  }
  return { digest, size, compression: passing.compression };
}

/** Stores bytes under the digest that they turn out to have (Content.Write). */
export async function storeUnknown(member: MemberBytes): Promise<StoredMember> {
  const { client, size, labels = new Map(), signal } = member;
  const ref = `tctr-import-${process.hrtime.bigint()}-${randomBytes(3).toString('hex')}`;
  const passing = new Passing(member.bytes, 'sha256');
  const writer = await client.content.writer(ref, { size });
  let digest: Digest;
  try {
    for await (const chunk of passing.from(0n)) {
      signal.throwIfAborted();
      await writer.write(chunk);
    }
    digest = passing.digest();
    await writer.commit(labels).catch((error: unknown) => {
      if (!hasKind(error, 'already exists')) throw error;
    });
  } catch (error) {
    writer.close();
    await client
      .forCleanup()
      .content.abort(ref)
      .catch(() => undefined);
    throw error;
  }
  return { digest, size: passing.count, compression: passing.compression };
}

/** Stores a small document (Content.Write), such as a manifest, with the labels that keep what it refers to. */
export async function storeDocument(options: {
  readonly client: Client;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly labels: ReadonlyMap<string, string>;
  readonly signal: AbortSignal;
}): Promise<Descriptor> {
  const { client, mediaType, bytes, labels, signal } = options;
  const descriptor: Descriptor = {
    mediaType,
    digest: sha256Digest(bytes),
    size: BigInt(bytes.length),
    annotations: new Map(),
  };
  await ingest({ client, descriptor, labels, signal, open: (offset) => one(bytes.subarray(Number(offset))) });
  return descriptor;
}

/** A member's bytes as they pass: their digest, their number, and how they begin. */
class Passing {
  count = 0n;
  private head = Buffer.alloc(0);
  private readonly hash;
  private readonly iterator: AsyncIterator<Uint8Array>;

  constructor(
    bytes: AsyncIterable<Uint8Array>,
    private readonly algorithm: string,
  ) {
    this.hash = createHash(algorithm);
    this.iterator = bytes[Symbol.asyncIterator]();
  }

  get compression(): Compression {
    return detectCompression(this.head);
  }

  /** The bytes from an offset on; those before it are read all the same. */
  async *from(offset: bigint): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = await this.iterator.next();
      if (next.done) return;
      const start = this.count;
      this.take(next.value);
      if (this.count <= offset) continue;
      yield start >= offset ? next.value : next.value.subarray(Number(offset - start));
    }
  }

  /** Reads what is left. */
  async drain(): Promise<void> {
    for (;;) {
      const next = await this.iterator.next();
      if (next.done) return;
      this.take(next.value);
    }
  }

  /** The digest of what has passed; to be asked once, at the end. */
  digest(): Digest {
    return parseDigest(`${this.algorithm}:${this.hash.digest('hex')}`);
  }

  private take(chunk: Uint8Array): void {
    if (this.head.length < magicLength)
      this.head = Buffer.concat([this.head, chunk.subarray(0, magicLength)]);
    this.hash.update(chunk);
    this.count += BigInt(chunk.length);
  }
}

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

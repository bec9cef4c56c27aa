import { createHash, type Hash } from 'node:crypto';
import type { Descriptor } from '../../oci/descriptor.js';
import { digestAlgorithm, parseDigest } from '../../oci/digest.js';
import { CorruptContentError, RemoteError } from '../errors.js';

/** Counts content as it comes and holds it against its descriptor. */
export class ContentCheck {
  #position: number;
  readonly #size: number;
  readonly #hash: Hash | undefined;

  /** @throws RemoteError 'invalid argument' if the descriptor or the offset cannot be */
  constructor(
    readonly descriptor: Descriptor,
    { offset, verify }: { readonly offset: number; readonly verify: boolean },
  ) {
    const { size } = descriptor;
    // It goes into a URL: what a cast let through the type must not.
    const digest = parseDigest(descriptor.digest);
    if (size < 0n || size > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new RemoteError('invalid argument', `invalid size ${size} of content ${digest}`);
    }
    this.#size = Number(size);
    if (!Number.isSafeInteger(offset) || offset < 0 || offset > this.#size) {
      throw new RemoteError(
        'out of range',
        `offset ${offset} is outside of content ${digest} of ${size} bytes`,
      );
    }
    this.#position = offset;
    this.#hash = verify && offset === 0 ? createHash(digestAlgorithm(digest)) : undefined;
  }

  /** The offset of the next byte. */
  get position(): number {
    return this.#position;
  }

  get isComplete(): boolean {
    return this.#position === this.#size;
  }

  /** @throws RemoteError 'failed precondition' with the first byte too many */
  add(chunk: Uint8Array): void {
    this.#position += chunk.length;
    if (this.#position > this.#size) {
      const { digest, size } = this.descriptor;
      throw new RemoteError(
        'failed precondition',
        `registry sends more than the ${size} bytes that ${digest} has`,
      );
    }
    this.#hash?.update(chunk);
  }

  /** @throws CorruptContentError */
  finish(): void {
    if (this.#hash === undefined) return;
    const { digest } = this.descriptor;
    const got = `${digestAlgorithm(digest)}:${this.#hash.digest('hex')}`;
    // ctr: the content store's words.
    if (got !== digest) throw new CorruptContentError(`unexpected commit digest ${got}, expected ${digest}`);
  }

  /** Why a body that ended in order is not enough. */
  shortReadReason(): string {
    return `registry sent ${this.#position} of ${this.#size} bytes`;
  }

  /** The error of a download that is given up. */
  shortRead(reason: string): RemoteError {
    const message = `short read: expected ${this.#size} bytes but got ${this.#position}: ${reason}`;
    return new RemoteError('unavailable', message);
  }
}

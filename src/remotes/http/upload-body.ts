import { Readable } from 'node:stream';
import { RemoteError } from '../errors.js';

/** Bytes handed over at once: small, as the wait for an answer begins anew with each on a slow line. */
const pieceSize = 128 << 10;

interface UploadSource {
  /** Gives the bytes from their start. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** How many they are. */
  readonly size: bigint;
  /** Told of each opening with 0, and then of the bytes handed to the network. */
  readonly onSent: (bytes: number) => void;
}

/** What an upload sends. It may be opened again: after a challenge, a redirect or a loss it is sent from its start. */
export class UploadBody {
  #failure: { readonly error: unknown } | undefined;

  constructor(readonly source: UploadSource) {}

  /** The bytes, read from their source as the network takes them. */
  open(): Readable {
    return Readable.from(this.#pieces(), { objectMode: false, highWaterMark: pieceSize });
  }

  /** Why the source itself gave up, if it did: the HTTP library would take it for a fault of the network. */
  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  async *#pieces(): AsyncGenerator<Uint8Array> {
    const { open, size, onSent } = this.source;
    this.#failure = undefined;
    let sent = 0;
    // While a piece is out, what is thrown in here comes from the network.
    let isOut = false;
    onSent(sent);
    try {
      for await (const chunk of open()) {
        for (let at = 0; at < chunk.length; at += pieceSize) {
          const piece = chunk.subarray(at, at + pieceSize);
          sent += piece.length;
          if (BigInt(sent) > size) throw wrongSize(sent, size);
          isOut = true;
          yield piece;
          isOut = false;
          onSent(sent);
        }
      }
      if (BigInt(sent) < size) throw wrongSize(sent, size);
    } catch (error) {
      if (!isOut) this.#failure = { error };
      throw error;
    }
  }
}

function wrongSize(sent: number, size: bigint): RemoteError {
  const relation = BigInt(sent) > size ? 'more than' : `${sent} instead of`;
  return new RemoteError('failed precondition', `content to push gave ${relation} ${size} bytes`);
}

import {
  WriteAction,
  type WriteContentRequest,
  type WriteContentResponse,
} from '../gen/services/content/v1/content.js';
import type { Digest } from '../oci/digest.js';
import type { Duplex } from './call.js';
import { ContainerdError } from './errors.js';

/** Bytes of one message: large enough to be fast, far below the limit of 16 MiB. */
const frame = 1024 * 1024;

/** Messages on their way that the daemon has not acknowledged yet. */
const window = 4;

/**
 * One ingest being written. Every message is acknowledged; a few may be under way at once, so memory
 * stays bounded and the round trips do not add up.
 */
export class ContentWriter {
  private readonly answers: AsyncIterator<WriteContentResponse>;
  private sent: bigint;
  private unanswered = 0;
  private held: Uint8Array[] = [];
  private heldBytes = 0;

  private constructor(
    private readonly duplex: Duplex<WriteContentRequest, WriteContentResponse>,
    readonly ref: string,
    private readonly blob: { readonly digest?: Digest; readonly size: bigint },
    answers: AsyncIterator<WriteContentResponse>,
    /** Bytes that the ingest holds already. */
    readonly offset: bigint,
  ) {
    this.answers = answers;
    this.sent = offset;
  }

  /** Opens an ingest by asking for its state. */
  static async open(
    duplex: Duplex<WriteContentRequest, WriteContentResponse>,
    ref: string,
    blob: { readonly digest?: Digest; readonly size: bigint },
  ): Promise<ContentWriter> {
    const answers = duplex[Symbol.asyncIterator]();
    try {
      await duplex.send(request(WriteAction.STAT, ref, blob));
      const { offset } = await next(answers);
      return new ContentWriter(duplex, ref, blob, answers, offset);
    } catch (error) {
      duplex.cancel();
      throw error;
    }
  }

  /**
   * Appends bytes; resolves when there is room for more. Small pieces are put together: a message costs
   * grpc as much as copying some hundred kilobytes.
   */
  async write(data: Uint8Array): Promise<void> {
    for (let at = 0; at < data.length;) {
      const part = data.subarray(at, at + frame - this.heldBytes);
      this.held.push(part);
      this.heldBytes += part.length;
      at += part.length;
      if (this.heldBytes >= frame) await this.flush();
    }
  }

  /** Commits the blob under its digest. @throws ContainerdError 'failed precondition' on a wrong size or digest. */
  async commit(labels: ReadonlyMap<string, string> = new Map()): Promise<Digest> {
    await this.flush();
    while (this.unanswered > 0) await this.answer();
    const message = request(WriteAction.COMMIT, this.ref, this.blob);
    await this.duplex.send({ ...message, offset: this.sent, total: this.blob.size || this.sent, labels });
    const { digest } = await next(this.answers);
    this.duplex.end();
    // Drained, so that the call ends by itself and not by a reset.
    await this.answers.next();
    return digest as Digest;
  }

  /** Leaves the ingest as far as it has been sent: it can be resumed, or aborted by its ref. */
  close(): void {
    this.duplex.cancel();
  }

  private async flush(): Promise<void> {
    if (this.heldBytes === 0) return;
    const data = this.held.length === 1 ? (this.held[0] as Uint8Array) : Buffer.concat(this.held);
    this.held = [];
    this.heldBytes = 0;
    const message = request(WriteAction.WRITE, this.ref, this.blob);
    await this.duplex.send({ ...message, offset: this.sent, data });
    this.sent += BigInt(data.length);
    if (++this.unanswered >= window) await this.answer();
  }

  private async answer(): Promise<void> {
    await next(this.answers);
    this.unanswered--;
  }
}

function request(
  action: WriteAction,
  ref: string,
  blob: { readonly digest?: Digest; readonly size: bigint },
): WriteContentRequest {
  return {
    action,
    ref,
    total: blob.size,
    expected: blob.digest ?? '',
    offset: 0n,
    data: new Uint8Array(0),
    labels: new Map(),
  };
}

async function next(answers: AsyncIterator<WriteContentResponse>): Promise<WriteContentResponse> {
  const answer = await answers.next();
  if (answer.done) throw new ContainerdError('unavailable', 'containerd ended the write without an answer');
  return answer.value;
}

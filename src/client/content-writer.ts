import {
  WriteAction,
  WriteContentRequest,
  type WriteContentResponse,
} from '../gen/services/content/v1/content.js';
import type { Digest } from '../oci/digest.js';
import type { Duplex } from './call.js';
import { WriteFrame } from './content-frame.js';
import { ContainerdError } from './errors.js';

/** Messages on their way that the daemon has not acknowledged yet. */
const window = 4;

/**
 * One ingest being written. Every message is acknowledged; a few may be under way at once, so memory
 * stays bounded and the round trips do not add up.
 */
export class ContentWriter {
  private readonly answers: AsyncIterator<WriteContentResponse>;
  private sent: bigint;
  /** Frames on their way, oldest first; the daemon answers in their order. */
  private readonly unanswered: WriteFrame[] = [];
  /** Frames that the daemon has taken: memory to use again, since new memory costs more than the copying. */
  private readonly free: WriteFrame[] = [];
  private filling: WriteFrame | undefined;

  private constructor(
    private readonly duplex: Duplex<Uint8Array, WriteContentResponse>,
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
    duplex: Duplex<Uint8Array, WriteContentResponse>,
    ref: string,
    blob: { readonly digest?: Digest; readonly size: bigint },
  ): Promise<ContentWriter> {
    const answers = duplex[Symbol.asyncIterator]();
    try {
      await duplex.send(encode(request(WriteAction.STAT, ref, blob)));
      const { offset } = await next(answers);
      return new ContentWriter(duplex, ref, blob, answers, offset);
    } catch (error) {
      duplex.cancel();
      throw error;
    }
  }

  /**
   * Appends bytes; resolves when there is room for more, and the caller may use their memory again. Small pieces are put
   * together: a message costs grpc as much as copying some hundred kilobytes.
   */
  async write(data: Uint8Array): Promise<void> {
    for (let at = 0; at < data.length;) {
      this.filling ??= this.free.pop() ?? new WriteFrame();
      at += this.filling.take(data.subarray(at));
      if (this.filling.isFull) await this.flush();
    }
  }

  /**
   * Commits the blob under its digest, or under the one given now, where it is known at the end only.
   * @throws ContainerdError 'failed precondition' on a wrong size or digest; 'already exists'.
   */
  async commit(labels: ReadonlyMap<string, string> = new Map(), digest?: Digest): Promise<Digest> {
    await this.flush();
    while (this.unanswered.length > 0) await this.answer();
    const blob = digest === undefined ? this.blob : { ...this.blob, digest };
    const message = request(WriteAction.COMMIT, this.ref, blob);
    const total = this.blob.size || this.sent;
    await this.duplex.send(encode({ ...message, offset: this.sent, total, labels }));
    const answer = await next(this.answers);
    this.duplex.end();
    // Drained, so that the call ends by itself and not by a reset.
    await this.answers.next();
    return answer.digest as Digest;
  }

  /** Leaves the ingest as far as it has been sent: it can be resumed, or aborted by its ref. */
  close(): void {
    this.duplex.cancel();
  }

  private async flush(): Promise<void> {
    const frame = this.filling;
    if (frame === undefined) return;
    this.filling = undefined;
    const size = frame.size;
    const message = request(WriteAction.WRITE, this.ref, this.blob);
    this.unanswered.push(frame);
    await this.duplex.send(frame.encode({ ...message, offset: this.sent }));
    this.sent += BigInt(size);
    if (this.unanswered.length >= window) await this.answer();
  }

  private async answer(): Promise<void> {
    await next(this.answers);
    const frame = this.unanswered.shift();
    if (frame === undefined) return;
    frame.clear();
    this.free.push(frame);
  }
}

function encode(message: WriteContentRequest): Uint8Array {
  return WriteContentRequest.encode(message).finish();
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

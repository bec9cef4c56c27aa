import { connect, type Socket } from 'node:net';
import { Request, Response } from '../gen/ttrpc/request.js';
import type { CallOptions, Method } from './call.js';
import { ContainerdError, cancellation, fromStatus } from './errors.js';

/** Bytes of a frame's head: length and stream id (both big endian, 32 bit), type, flags. */
const headSize = 10;
const requestType = 1;
const responseType = 2;
/** ttrpc's limit on the data of one frame. */
const maxFrame = 4 * 1024 * 1024;
const defaultTimeout = 10_000;

interface Waiting {
  readonly resolve: (payload: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

/** A connection to a ttrpc server over a unix socket: what shims speak. One message each way a call. */
export class TtrpcConnection {
  private readonly waiting = new Map<number, Waiting>();
  private received = Buffer.alloc(0);
  private nextStream = 1;
  private failure: Error | undefined;

  private constructor(
    private readonly socket: Socket,
    private readonly namespace: string,
  ) {
    socket.on('data', (bytes: Buffer) => this.take(bytes));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('connection closed')));
  }

  /** Connects; the calls are made in `namespace`. @throws Node's own error when nothing listens there. */
  static open(path: string, namespace: string): Promise<TtrpcConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(path);
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new TtrpcConnection(socket, namespace));
      });
    });
  }

  /** @throws ContainerdError as the server answers, 'unavailable' when the connection is lost. */
  async unary<Req, Res>(
    service: string,
    method: Method<Req, Res>,
    request: Req,
    { timeout = defaultTimeout, signal }: CallOptions = {},
  ): Promise<Res> {
    const limits = [AbortSignal.timeout(timeout), ...(signal ? [signal] : [])];
    const ended = AbortSignal.any(limits);
    const frame = Request.encode({
      service,
      method: method.name,
      payload: method.requestType.encode(request).finish(),
      timeoutNano: BigInt(Math.ceil(timeout)) * 1_000_000n,
      metadata: [{ key: 'containerd-namespace-ttrpc', value: this.namespace }],
    }).finish();
    return method.responseType.decode(await this.exchange(frame, ended));
  }

  /** Ends the connection; calls under way fail. */
  close(): void {
    this.socket.destroy();
  }

  private exchange(frame: Uint8Array, ended: AbortSignal): Promise<Uint8Array> {
    const stream = this.nextStream;
    this.nextStream += 2; // a client's are odd
    return new Promise<Uint8Array>((resolve, reject) => {
      if (this.failure) return reject(lost(this.failure));
      const abort = (): void => {
        this.waiting.delete(stream);
        reject(cancellation(ended));
      };
      if (ended.aborted) return abort();
      ended.addEventListener('abort', abort, { once: true });
      const settle = (): void => ended.removeEventListener('abort', abort);
      this.waiting.set(stream, {
        resolve: (payload) => {
          settle();
          resolve(payload);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      const head = Buffer.alloc(headSize);
      head.writeUInt32BE(frame.length, 0);
      head.writeUInt32BE(stream, 4);
      head.writeUInt8(requestType, 8);
      this.socket.write(Buffer.concat([head, frame]));
    });
  }

  private take(bytes: Buffer): void {
    this.received = Buffer.concat([this.received, bytes]);
    while (this.received.length >= headSize) {
      const length = this.received.readUInt32BE(0);
      if (length > maxFrame) {
        this.fail(new Error(`message of ${length} bytes is larger than ${maxFrame}`));
        return this.close();
      }
      if (this.received.length < headSize + length) return;
      const stream = this.received.readUInt32BE(4);
      const type = this.received.readUInt8(8);
      const data = this.received.subarray(headSize, headSize + length);
      this.received = this.received.subarray(headSize + length);
      if (type === responseType) this.answer(stream, data);
    }
  }

  private answer(stream: number, data: Uint8Array): void {
    const waiting = this.waiting.get(stream);
    if (!waiting) return; // given up meanwhile
    this.waiting.delete(stream);
    try {
      const { status, payload } = Response.decode(data);
      if (status && status.code !== 0)
        waiting.reject(fromStatus({ code: status.code, details: status.message }));
      else waiting.resolve(payload);
    } catch (error) {
      waiting.reject(new ContainerdError('internal', 'the answer is no ttrpc message', { cause: error }));
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const each of this.waiting.values()) each.reject(lost(error));
    this.waiting.clear();
  }
}

function lost(cause: Error): ContainerdError {
  return new ContainerdError('unavailable', `ttrpc: closed: ${cause.message}`, { cause });
}

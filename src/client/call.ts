import type { Client as GrpcClient, Metadata } from '@grpc/grpc-js';
import { ContainerdError, cancellation, deadlineExceeded, fromStatus } from './errors.js';
import { Pulse } from './pulse.js';

/** A generated codec (src/gen). */
interface Codec<T> {
  encode(message: T): { finish(): Uint8Array };
  decode(bytes: Uint8Array): T;
}

/** One method of a generated service definition. */
export interface Method<Request, Response> {
  readonly name: string;
  readonly requestType: Codec<Request>;
  readonly responseType: Codec<Response>;
}

/** What any call may be given: a caller's way to end it, and a limit in milliseconds. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeout?: number;
}

/** What every call carries in its headers. */
export interface Scope {
  readonly namespace: string;
  /** What the call creates is kept by this lease. */
  readonly lease?: string;
}

/** A stream in both directions. */
export interface Duplex<Request, Response> extends AsyncIterable<Response> {
  /** Resolves when there is room for the next message. */
  send(message: Request): Promise<void>;
  /** No more messages from this side. */
  end(): void;
  /** Drops the call; iteration ends without an error. */
  cancel(): void;
}

/**
 * Makes the calls of all services over one channel: headers, deadlines, cancellation, and errors
 * translated once, here.
 */
export class Caller {
  constructor(
    private readonly channel: GrpcClient,
    private readonly newMetadata: () => Metadata,
    private readonly scope: Scope,
    private readonly defaults: CallOptions = {},
    private readonly pulse = new Pulse(),
  ) {}

  /** The same channel with other headers. */
  with(scope: Partial<Scope>, defaults: CallOptions = this.defaults): Caller {
    return new Caller(this.channel, this.newMetadata, { ...this.scope, ...scope }, defaults, this.pulse);
  }

  /** The namespace that calls are made in. */
  get namespace(): string {
    return this.scope.namespace;
  }

  /** Gives the watch over silent daemons its probe (client.ts: Version.Version). */
  watch(probe: (options: CallOptions) => Promise<unknown>): void {
    this.pulse.probe = probe;
  }

  /** One message each way. */
  async unary<Req, Res>(
    service: Service,
    method: Method<Req, Res>,
    request: Req,
    options: CallOptions = {},
  ): Promise<Res> {
    const ending = this.ending(options);
    return new Promise<Res>((resolve, reject) => {
      ending.begin(() =>
        this.channel.makeUnaryRequest(
          path(service, method),
          encoder(method.requestType),
          (bytes: Buffer) => method.responseType.decode(bytes),
          request,
          this.headers(),
          ending.grpc,
          (error, response) => {
            ending.release();
            if (error) reject(ending.failure(error));
            else resolve(response as Res);
          },
        ),
      );
    });
  }

  /** One message out, many back; leaving the loop cancels the call. */
  async *stream<Req, Res>(
    service: Service,
    method: Method<Req, Res>,
    request: Req,
    options: CallOptions = {},
  ): AsyncGenerator<Res> {
    const ending = this.ending(options);
    const call = ending.begin(() =>
      this.channel.makeServerStreamRequest(
        path(service, method),
        encoder(method.requestType),
        (bytes: Buffer) => method.responseType.decode(bytes),
        request,
        this.headers(),
        ending.grpc,
      ),
    );
    call.on('error', ignore); // the loop below reports it; without a listener a late one would be uncaught
    try {
      for await (const message of call) yield message as Res;
    } catch (error) {
      throw ending.failure(error);
    } finally {
      ending.release();
      call.cancel();
    }
  }

  /** Many messages each way. */
  duplex<Req, Res>(service: Service, method: Method<Req, Res>, options: CallOptions = {}): Duplex<Req, Res> {
    const ending = this.ending(options);
    const call = ending.begin(() =>
      this.channel.makeBidiStreamRequest(
        path(service, method),
        encoder(method.requestType),
        (bytes: Buffer) => method.responseType.decode(bytes),
        this.headers(),
        ending.grpc,
      ),
    );
    let cancelled = false;
    let failure: unknown;
    call.on('error', (error) => {
      failure = error;
      ending.release();
    });
    return {
      send: (message) =>
        new Promise<void>((resolve, reject) => {
          if (failure !== undefined) return reject(ending.failure(failure));
          const settle = (): void => {
            call.off('drain', settle);
            call.off('error', settle);
            call.off('close', settle);
            if (failure !== undefined) reject(ending.failure(failure));
            else resolve();
          };
          if (call.write(message)) resolve();
          else call.once('drain', settle).once('error', settle).once('close', settle);
        }),
      end: () => void call.end(),
      cancel: () => {
        cancelled = true;
        ending.release();
        call.cancel();
      },
      async *[Symbol.asyncIterator]() {
        try {
          for await (const message of call) yield message as Res;
        } catch (error) {
          if (!cancelled) throw ending.failure(error);
        } finally {
          ending.release();
          call.cancel();
        }
      },
    };
  }

  private headers(): Metadata {
    const metadata = this.newMetadata();
    metadata.set('containerd-namespace', this.scope.namespace);
    if (this.scope.lease !== undefined) metadata.set('containerd-lease', this.scope.lease);
    return metadata;
  }

  /** Joins the ways in which a call may be ended: its own signal, the client's, a limit, a daemon without pulse. */
  private ending(options: CallOptions) {
    const timeout = options.timeout ?? this.defaults.timeout;
    const signals = [options.signal ?? this.defaults.signal, this.pulse.signal].filter(
      (signal) => signal !== undefined,
    );
    const releases: (() => void)[] = [this.pulse.enter()];
    const ended = (): AbortSignal | undefined => signals.find((signal) => signal.aborted);
    const release = (): void => {
      for (const each of releases.splice(0)) each();
    };
    const deadline = timeout === undefined ? undefined : Date.now() + timeout;
    return {
      grpc: deadline === undefined ? {} : { deadline },
      /** What the call failed with: why it was ended, or what the daemon says. */
      failure(error: unknown): Error {
        const signal = ended();
        if (signal) return cancellation(signal);
        const told = fromStatus(error);
        // The daemon knows the limit too, and may be the first to end the call.
        const late = deadline !== undefined && Date.now() >= deadline && told.kind === 'canceled';
        return late ? deadlineExceeded(error) : told;
      },
      /** Makes the call, unless it has been ended before it began. */
      begin<Call extends { cancel(): void }>(make: () => Call): Call {
        try {
          const already = ended();
          if (already) throw cancellation(already);
          const call = made(make);
          const cancel = (): void => call.cancel();
          for (const signal of signals) releases.push(onAbort(signal, cancel));
          return call;
        } catch (error) {
          release();
          throw error;
        }
      },
      release,
    };
  }
}

/** What to do when a signal aborts: thousands of calls may wait on one at a time, and a listener each is slow. */
const cancels = new WeakMap<AbortSignal, Cancels>();

interface Cancels {
  readonly all: Set<() => void>;
  readonly listener: () => void;
}

function onAbort(signal: AbortSignal, cancel: () => void): () => void {
  const { all, listener } = cancels.get(signal) ?? listen(signal);
  all.add(cancel);
  return () => {
    all.delete(cancel);
    if (all.size > 0) return;
    signal.removeEventListener('abort', listener);
    cancels.delete(signal);
  };
}

function listen(signal: AbortSignal): Cancels {
  const all = new Set<() => void>();
  const made = { all, listener: () => all.forEach((cancel) => cancel()) };
  cancels.set(signal, made);
  signal.addEventListener('abort', made.listener, { once: true });
  return made;
}

interface Service {
  readonly fullName: string;
}

const path = (service: Service, method: { readonly name: string }): string =>
  `/${service.fullName}/${method.name}`;

function encoder<T>(codec: Codec<T>): (message: T) => Buffer {
  return (message) => {
    const bytes = codec.encode(message).finish();
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
}

/** grpc-js throws at once only when its channel is shut down. */
function made<Call>(make: () => Call): Call {
  try {
    return make();
  } catch (error) {
    throw new ContainerdError('unavailable', 'the client is closed', { cause: error });
  }
}

const ignore = (): void => undefined;

import type { Readable } from 'node:stream';
import {
  Metadata,
  status,
  type MethodDefinition as GrpcMethod,
  type Server,
  type ServerDuplexStream,
  type UntypedHandleCall,
} from '@grpc/grpc-js';
import type { Call, CallLog } from './calls.js';
import type { Faults } from './faults.js';
import type { AnyHandler, Context, FakeService, MethodDefinition } from './handlers.js';
import { checkIdentifier } from './identifiers.js';
import { failedPrecondition, Refusal } from './refusal.js';

interface Desk {
  readonly calls: CallLog;
  readonly faults: Faults;
}

/** Adds a service to a gRPC server: every call is recorded, its faults happen, refusals become statuses. */
export function serve(server: Server, { definition, handlers }: FakeService, desk: Desk): void {
  const methods = Object.entries(definition.methods);
  const isThere = Object.values(handlers).some(Boolean);
  const missing =
    (method: MethodDefinition): AnyHandler =>
    () => {
      throw new Refusal(
        status.UNIMPLEMENTED,
        isThere
          ? `unknown method ${method.name} for service ${definition.fullName}`
          : `unknown service ${definition.fullName}`,
      );
    };
  server.addService(
    Object.fromEntries(methods.map(([key, method]) => [key, wire(definition.fullName, method)])),
    Object.fromEntries(
      methods.map(([key, method]) => [
        key,
        handleCall(`${definition.name}.${method.name}`, method, handlers[key] ?? missing(method), desk),
      ]),
    ),
  );
}

/** Every method is registered as a stream both ways: one shape, whatever the client sees. */
function wire(service: string, method: MethodDefinition): GrpcMethod<unknown, unknown> {
  const codecs = method as unknown as Record<'requestType' | 'responseType', Codec>;
  return {
    path: `/${service}/${method.name}`,
    requestStream: true,
    responseStream: true,
    requestSerialize: (message) => Buffer.from(codecs.requestType.encode(message).finish()),
    requestDeserialize: (bytes) => codecs.requestType.decode(bytes),
    responseSerialize: (message) => Buffer.from(codecs.responseType.encode(message).finish()),
    responseDeserialize: (bytes) => codecs.responseType.decode(bytes),
  };
}

interface Codec {
  encode(message: unknown): { finish(): Uint8Array };
  decode(bytes: Uint8Array): unknown;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function handleCall(
  name: string,
  method: MethodDefinition,
  handler: AnyHandler,
  desk: Desk,
): UntypedHandleCall {
  return (stream: ServerDuplexStream<unknown, unknown>) => {
    const gone = new AbortController();
    const headers = new Map(
      Object.entries(stream.metadata.getMap()).map(([key, value]) => [key, String(value)]),
    );
    const requests: unknown[] = [];
    const call: Mutable<Call> = {
      name,
      namespace: headers.get('containerd-namespace'),
      lease: headers.get('containerd-lease'),
      headers,
      request: undefined,
      requests,
      ended: undefined,
    };
    desk.calls.all.push(call);
    stream.on('cancelled', () => {
      call.ended ??= 'cancelled';
      gone.abort();
    });
    const incoming = received(stream, (message) => {
      if (requests.push(message) === 1) call.request = message;
    });
    const run = async (): Promise<void> => {
      const first: unknown = method.requestStream ? incoming : (await incoming.next()).value;
      await desk.faults.strike(name, 'before', gone.signal);
      const answer = handler(first, context(call, gone.signal));
      if (method.responseStream) {
        for await (const message of answer as AsyncIterable<unknown>) await send(stream, message);
        await desk.faults.strike(name, 'after', gone.signal);
      } else {
        const message = await answer;
        await desk.faults.strike(name, 'after', gone.signal);
        await send(stream, message);
      }
    };
    run().then(
      () => {
        call.ended ??= stream.cancelled ? 'cancelled' : 'OK';
        stream.end();
      },
      (error: unknown) => {
        const { code, message } =
          error instanceof Refusal
            ? error
            : { code: status.INTERNAL, message: String((error as Error).stack) };
        call.ended ??= status[code];
        stream.emit('error', { code, details: message, metadata: new Metadata() });
      },
    );
  };
}

/** The client's messages; a handler that stops to read leaves the stream open for its answer. */
async function* received(stream: Readable, note: (message: unknown) => void): AsyncGenerator<unknown> {
  for await (const message of stream.iterator({ destroyOnReturn: false })) {
    note(message);
    yield message;
  }
}

/** Resolves when there is room for the next message. */
function send(stream: ServerDuplexStream<unknown, unknown>, message: unknown): Promise<void> {
  if (stream.write(message)) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once('drain', resolve);
    stream.once('cancelled', () => resolve());
  });
}

function context(call: Call, signal: AbortSignal): Context {
  return {
    lease: call.lease,
    signal,
    get namespace() {
      if (!call.namespace) throw failedPrecondition('namespace is required: failed precondition');
      checkIdentifier(call.namespace, 'namespace validation: ');
      return call.namespace;
    },
  };
}

import type { Any } from '../gen/google/protobuf/any.js';
import { StreamingDefinition as service, StreamInit } from '../gen/services/streaming/v1/streaming.js';
import type { CallOptions, Caller, Duplex } from './call.js';
import { pack } from './typeurl.js';

/** containerd.services.streaming.v1.Streaming (1.7 and later): streams that other calls refer to by id. */
export class Streaming {
  constructor(private readonly caller: Caller) {}

  /** Streaming.Stream: opens the stream `id`; resolves when the daemon knows it. */
  async open(id: string, options?: CallOptions): Promise<Duplex<Any, Any>> {
    const duplex = this.caller.duplex<Any, Any>(service, service.methods.stream, options);
    const messages = duplex[Symbol.asyncIterator]();
    try {
      await duplex.send(pack(StreamInit, { id }));
      await messages.next(); // the daemon's Empty: the stream is registered
    } catch (error) {
      duplex.cancel();
      throw error;
    }
    return { ...duplex, [Symbol.asyncIterator]: () => messages };
  }
}

let streams = 0;

/** A stream id as ctr makes them: a prefix, and what makes it unique. */
export function streamId(prefix: string): string {
  return `${prefix}-${process.hrtime.bigint()}-${process.pid}-${++streams}`;
}

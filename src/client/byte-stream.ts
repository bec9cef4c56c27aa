import { Data, WindowUpdate } from '../gen/types/transfer/streaming.js';
import type { Any } from '../gen/google/protobuf/any.js';
import type { Duplex } from './call.js';
import { ContainerdError } from './errors.js';
import { pack, unpack } from './typeurl.js';

/** Bytes that a reader lets its writer send ahead, as containerd's own readers do. */
const window = 64 * 1024;

/**
 * Sends bytes over a stream of the streaming service, never more than the daemon has made room for. Ends the
 * stream behind the last byte.
 */
export async function sendBytes(stream: Duplex<Any, Any>, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const room = new Room(stream);
  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length;) {
      const size = Math.min(await room.take(), chunk.length - at, window);
      const data = chunk.subarray(at, at + size);
      room.spend(size);
      await stream.send(pack(Data, { data }));
      at += size;
    }
  }
  stream.end();
}

/** Bytes that come over a stream of the streaming service; asks for more only when what came has been taken. */
export async function* receiveBytes(stream: Duplex<Any, Any>): AsyncGenerator<Uint8Array> {
  let open = 0;
  const make = async (): Promise<void> => {
    if (open >= window) return;
    open += window;
    await stream.send(pack(WindowUpdate, { update: window }));
  };
  await make();
  for await (const any of stream) {
    const message = unpack(Data, any);
    if (!message) continue;
    yield message.data;
    open -= message.data.length;
    await make();
  }
}

/** What the daemon allows to be sent. */
class Room {
  private bytes = 0;
  private ended: Error | undefined;
  private wake = (): void => undefined;

  constructor(stream: Duplex<Any, Any>) {
    void this.read(stream);
  }

  /** Resolves when there is room, with its bytes. @throws ContainerdError when there never will be. */
  async take(): Promise<number> {
    while (this.bytes <= 0) {
      if (this.ended) throw this.ended;
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
    return this.bytes;
  }

  spend(bytes: number): void {
    this.bytes -= bytes;
  }

  private async read(stream: Duplex<Any, Any>): Promise<void> {
    try {
      for await (const any of stream) {
        this.bytes += unpack(WindowUpdate, any)?.update ?? 0;
        this.wake();
      }
      this.ended = new ContainerdError('canceled', 'containerd takes no more of the archive');
    } catch (error) {
      this.ended = error as Error;
    }
    this.wake();
  }
}

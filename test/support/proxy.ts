import { rmSync } from 'node:fs';
import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';

/** A unix socket in front of a daemon's. */
export interface Proxy {
  readonly socket: string;
  /** Bytes that came from the daemon. */
  readonly bytes: () => number;
  /** Ends all connections; new ones are taken. */
  readonly cut: () => void;
  /** Forwards nothing any more, in either direction; connections stay open. */
  readonly freeze: () => void;
  readonly close: () => Promise<void>;
}

/** Starts a proxy. With `cutAfter` it cuts once, when so many bytes have come from the daemon. */
export async function startProxy(
  daemon: string,
  socket: string,
  { cutAfter = Infinity } = {},
): Promise<Proxy> {
  const open = new Set<Socket>();
  let [seen, left, frozen] = [0, cutAfter, false];
  const cut = (): void => {
    for (const end of open) end.destroy();
  };
  const pass = (from: Socket, to: Socket, count: (size: number) => void): void => {
    from.on('data', (chunk: Buffer) => {
      if (frozen) return;
      count(chunk.length);
      if (!to.destroyed && !to.write(chunk)) from.pause();
    });
    to.on('drain', () => from.resume());
    from.on('error', () => undefined);
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
  };
  const server = createServer((client) => {
    const upstream = connect(daemon);
    open.add(client).add(upstream);
    pass(client, upstream, () => undefined);
    pass(upstream, client, (size) => {
      seen += size;
      if (seen < left) return;
      left = Infinity;
      cut();
    });
  });
  rmSync(socket, { force: true });
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    bytes: () => seen,
    cut,
    freeze: () => void (frozen = true),
    async close() {
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
  };
}

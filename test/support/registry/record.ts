import type { IncomingMessage } from 'node:http';
import type { Server, Socket } from 'node:net';

/** A request as it came. */
export interface RecordedRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: IncomingMessage['headers'];
  /** As UTF-8 text. */
  readonly body: string;
  readonly bytes: Buffer;
  /** Milliseconds since the registry began. */
  readonly at: number;
}

/** Keeps every byte that clients send, so that a test can show that a secret was not among them. */
export class WireRecord {
  readonly requests: RecordedRequest[] = [];
  readonly #chunks: Buffer[] = [];
  readonly #sockets = new Set<Socket>();
  /** How many connections were made. */
  connections = 0;

  /** Listens in on a server's connections, after TLS where there is some. */
  watch(server: Server): void {
    const onSocket = (socket: Socket) => {
      socket.on('data', (chunk: Buffer) => this.#chunks.push(Buffer.from(chunk)));
    };
    server.on('secureConnection', onSocket);
    server.on('connection', (socket: Socket) => {
      this.connections++;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      onSocket(socket);
    });
  }

  /** Every byte received, one character each. */
  get wire(): string {
    return Buffer.concat(this.#chunks).toString('latin1');
  }

  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

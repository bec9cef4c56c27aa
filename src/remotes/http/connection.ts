import { lookup, type LookupAddress } from 'node:dns';
import {
  connect as connectTcp,
  isIP,
  type LookupFunction,
  type Socket,
  type TcpNetConnectOpts,
} from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { NetworkError } from '../errors.js';
import { addressReach } from './local-address.js';
import { dialError, handshakeError } from './network-error.js';

/** One connection to make. */
export interface DialRequest {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** Absent for plain http. */
  readonly tls?: SecureOptions;
  /** A CONNECT proxy on the way. */
  readonly proxy?: URL;
  /** Refuse names that lead to this machine, its link or a private network. */
  readonly publicOnly: boolean;
  readonly connectMs: number;
  readonly tlsMs: number;
  readonly signal: AbortSignal;
}

/** How to speak TLS on a connection. */
export interface SecureOptions {
  readonly context: SecureContext;
  readonly verify: boolean;
  readonly protocols: readonly ('http/1.1' | 'h2')[];
}

/**
 * Connects over TCP, by IPv6 or IPv4.
 * @throws NetworkError in Go's words
 */
export async function openTcp(host: string, port: number, request: DialRequest): Promise<Socket> {
  const options: TcpNetConnectOpts & { highWaterMark: number } = {
    host,
    port,
    noDelay: true,
    keepAlive: true,
    highWaterMark: 256 << 10,
    // Node drops one address for the next after this time instead of trying both, so that it must not be short.
    autoSelectFamilyAttemptTimeout: 2_000,
    ...(request.publicOnly ? { lookup: lookupPublic } : {}),
  };
  const socket = connectTcp(options);
  await settle(socket, 'connect', request.connectMs, request.signal, (error) => dialError(host, port, error));
  return socket;
}

/**
 * Speaks TLS, 1.2 or later, on a connection.
 * @throws NetworkError in Go's words
 */
export async function startTls(
  socket: Socket,
  host: string,
  tls: SecureOptions,
  { tlsMs, signal }: Pick<DialRequest, 'tlsMs' | 'signal'>,
): Promise<Socket> {
  const secured = connectTls({
    socket,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    secureContext: tls.context,
    minVersion: 'TLSv1.2',
    rejectUnauthorized: tls.verify,
    ALPNProtocols: [...tls.protocols],
  });
  await settle(secured, 'secureConnect', tlsMs, signal, (error) =>
    error instanceof NetworkError
      ? new NetworkError('timeout', 'net/http: TLS handshake timeout')
      : handshakeError(host, error),
  );
  return secured;
}

/** Waits until a socket is ready; destroys it if it is not in time. */
function settle(
  socket: Socket,
  ready: string,
  ms: number,
  signal: AbortSignal,
  translate: (error: unknown) => Error,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off(ready, onReady).off('error', onError).off('close', onClose);
      if (error === undefined) return resolve();
      // A destroyed socket can still report an error, which nobody waits for any more.
      socket.on('error', () => undefined).destroy();
      reject(
        error instanceof Error ? error : new NetworkError('other', 'connection failed', { cause: error }),
      );
    };
    const onReady = () => finish();
    const onError = (error: unknown) => finish(translate(error));
    const onClose = () => finish(new NetworkError('eof', 'EOF'));
    const onAbort = () => finish(signal.reason);
    const timer = setTimeout(() => {
      finish(translate(Object.assign(new NetworkError('timeout', 'i/o timeout'), { code: 'ETIMEDOUT' })));
    }, ms);
    socket.on(ready, onReady).on('error', onError).on('close', onClose);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}

const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    const [first] = addresses ?? [];
    if (error !== null || first === undefined) return callback(error, [], 0);
    const local = addresses.find(({ address }) => addressReach(address) !== 'public');
    if (local !== undefined) {
      const reason = `${hostname} leads to the ${addressReach(local.address)} address ${local.address}`;
      return callback(new NetworkError('address', reason), [], 0);
    }
    if (options.all === true) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { type DialRequest, openTcp, startTls } from './connection.js';
import { NetworkError } from '../errors.js';
import { bareHost } from './local-address.js';
import { proxyAuthorization } from './proxy.js';

const longestAnswer = 16 << 10;

/**
 * A connection through a proxy's CONNECT (RFC 9110, 9.3.6).
 * @throws NetworkError `proxyconnect tcp: …`
 */
export async function openTunnel(
  proxy: URL,
  target: { readonly host: string; readonly port: number },
  request: DialRequest,
): Promise<Socket> {
  const socket = await openProxy(proxy, request);
  const name = target.host.includes(':') ? `[${target.host}]` : target.host;
  const authority = `${name}:${target.port}`;
  const login = proxyAuthorization(proxy);
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(login === undefined ? [] : [`Proxy-Authorization: ${login}`]),
  ];
  try {
    const answer = readHead(socket, request);
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    const status = /^HTTP\/1\.[01] (\d{3}[^\r\n]*)/.exec(await answer)?.[1];
    if (status?.startsWith('2') !== true)
      throw proxyError(new Error(status?.slice(4) || 'malformed HTTP response'));
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** A connection to the proxy itself. */
export async function openProxy(proxy: URL, request: DialRequest): Promise<Socket> {
  const host = bareHost(proxy.hostname);
  const isSecure = proxy.protocol === 'https:';
  try {
    const socket = await openTcp(host, Number(proxy.port || (isSecure ? 443 : 80)), {
      ...request,
      publicOnly: false,
    });
    if (!isSecure) return socket;
    // The proxy is another party: it is verified by the system's roots and shown no client certificate.
    return await startTls(
      socket,
      host,
      { context: createSecureContext(), verify: true, protocols: [] },
      request,
    );
  } catch (error) {
    throw error instanceof NetworkError ? proxyError(error) : error;
  }
}

function proxyError(cause: Error): NetworkError {
  const fault = cause instanceof NetworkError ? cause.fault : 'other';
  return new NetworkError(fault, `proxyconnect tcp: ${cause.message}`, { cause });
}

function readHead(socket: Socket, { connectMs, signal }: DialRequest): Promise<string> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const finish = (act: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.off('data', onData).off('error', onError).off('end', onEnd).pause();
      act();
    };
    const onData = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length <= longestAnswer) return;
      finish(() => {
        if (end < 0) return reject(proxyError(new Error('answer too long')));
        if (head.length > end + 4) socket.unshift(head.subarray(end + 4));
        resolve(head.toString('latin1', 0, end));
      });
    };
    const onError = (error: Error) => finish(() => reject(proxyError(error)));
    const onEnd = () => finish(() => reject(proxyError(new Error('EOF'))));
    const onAbort = () => finish(() => reject(signal.reason as Error));
    const timer = setTimeout(() => finish(() => reject(proxyError(new Error('i/o timeout')))), connectMs);
    socket.on('data', onData).on('error', onError).on('end', onEnd);
    signal.addEventListener('abort', onAbort);
  });
}

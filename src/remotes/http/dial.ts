import type { Socket } from 'node:net';
import { type DialRequest, openTcp, startTls } from './connection.js';
import { openTunnel } from './tunnel.js';

/**
 * Connects: TCP, a tunnel if a proxy is set, TLS if wanted.
 * @throws NetworkError in Go's words
 */
export async function dial(request: DialRequest): Promise<Socket> {
  const { host, port, proxy, tls } = request;
  const socket =
    proxy === undefined
      ? await openTcp(host, port, request)
      : await openTunnel(proxy, { host, port }, request);
  return tls === undefined ? socket : startTls(socket, host, tls, request);
}

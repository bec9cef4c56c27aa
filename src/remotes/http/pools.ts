import { setMaxListeners } from 'node:events';
import type { Dispatcher, Pool } from 'undici';
import type { DialRequest } from './connection.js';
import { dial } from './dial.js';
import { NetworkError } from '../errors.js';
import type { HttpEvent, Listener } from '../events.js';
import type { Limits } from '../limits.js';
import { bareHost } from './local-address.js';
import { exchangeError } from './network-error.js';
import { type Environment, findProxy, proxyAuthorization } from './proxy.js';
import { SecureContexts } from './secure-contexts.js';
import type { TlsSettings } from '../tls-settings.js';
import type { UploadBody } from './upload-body.js';
import { openProxy } from './tunnel.js';

/** One HTTP request and what its connection must be like. */
export interface PoolRequest {
  readonly url: URL;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | UploadBody;
  readonly tls: TlsSettings;
  readonly publicOnly: boolean;
  readonly dialTimeoutMs?: number;
  /** Instead of the limit for all requests. */
  readonly headersTimeoutMs?: number;
  readonly signal: AbortSignal;
}

/** The answer as undici gives it; the body must be read or destroyed. */
export type PoolAnswer = Dispatcher.ResponseData;

interface PoolsOptions {
  readonly limits: Limits;
  readonly env: Environment;
  readonly onHttp?: Listener<HttpEvent>;
}

type Protocol = 'http/1.1' | 'h2';

/**
 * Connections kept for further requests, apart by origin, TLS settings and proxy. The one place that knows undici,
 * which is loaded when the first request is made.
 */
export class Pools {
  readonly #pools = new Map<string, Pool>();
  readonly #http2Origins = new Set<string>();
  readonly #closing = new AbortController();
  readonly #contexts: SecureContexts;

  constructor(readonly options: PoolsOptions) {
    this.#contexts = new SecureContexts(options.env);
    // Every connection being made listens to it.
    setMaxListeners(0, this.#closing.signal);
  }

  /**
   * Sends one request; redirects are answers like others.
   * @throws NetworkError, or the signal's reason
   */
  async send(request: PoolRequest): Promise<PoolAnswer> {
    const { url } = request;
    const protocol: Protocol = this.#http2Origins.has(url.origin) ? 'h2' : 'http/1.1';
    try {
      return await this.#request(request, protocol);
    } catch (error) {
      request.signal.throwIfAborted();
      const failure = exchangeError(error);
      // HTTP/1.1 spreads downloads over connections, each with its own back-pressure: HTTP/2 is for servers with nothing else.
      if (failure.fault !== 'no-http1' || protocol === 'h2') throw failure;
      this.#http2Origins.add(url.origin);
      return this.send(request);
    }
  }

  /** Cuts every connection. */
  async close(): Promise<void> {
    this.#closing.abort(new NetworkError('other', 'remote closed'));
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  async #request(request: PoolRequest, protocol: Protocol): Promise<PoolAnswer> {
    const { url, method, body, signal } = request;
    const proxy = findProxy(url, this.options.env);
    // A proxy is told the whole URL of a plain request, and gets a tunnel for the others.
    const isForwarded = proxy !== undefined && url.protocol === 'http:';
    const pool = await this.#pool(request, protocol, proxy);
    const login = isForwarded ? proxyAuthorization(proxy) : undefined;
    const headers = [
      ...request.headers,
      ...(login === undefined ? [] : [['proxy-authorization', login] as const]),
    ];
    const path = url.pathname + url.search;
    return pool.request({
      method,
      path: isForwarded ? url.origin + path : path,
      headers: headers.flat(),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : body.open() }),
      ...(request.headersTimeoutMs === undefined ? {} : { headersTimeout: request.headersTimeoutMs }),
      signal,
      highWaterMark: 64 << 10,
    });
  }

  async #pool(request: PoolRequest, protocol: Protocol, proxy: URL | undefined): Promise<Pool> {
    const { url, tls, publicOnly, dialTimeoutMs } = request;
    const secure = url.protocol === 'https:' ? this.#contexts.of(tls) : undefined;
    const key = [url.origin, secure?.id, protocol, proxy?.href, publicOnly, dialTimeoutMs].join(' ');
    const known = this.#pools.get(key);
    if (known !== undefined) return known;
    const options: Omit<DialRequest, 'signal'> = {
      host: bareHost(url.hostname),
      port: Number(url.port || (secure === undefined ? 80 : 443)),
      ...(secure === undefined
        ? {}
        : { tls: { context: await secure.context, verify: tls.skipVerify === 'no', protocols: [protocol] } }),
      ...(proxy === undefined ? {} : { proxy }),
      publicOnly: publicOnly && proxy === undefined,
      connectMs: dialTimeoutMs ?? this.options.limits.connectMs,
      tlsMs: this.options.limits.tlsMs,
    };
    const { Pool: UndiciPool } = await import('./undici.js');
    const pool = this.#pools.get(key) ?? this.#makePool(UndiciPool, url, protocol, options);
    this.#pools.set(key, pool);
    return pool;
  }

  #makePool(
    UndiciPool: typeof Pool,
    url: URL,
    protocol: Protocol,
    options: Omit<DialRequest, 'signal'>,
  ): Pool {
    const { limits, onHttp } = this.options;
    const request: DialRequest = { ...options, signal: this.#closing.signal };
    const connect = async () => {
      const isForwarded = request.proxy !== undefined && request.tls === undefined;
      const socket = isForwarded ? await openProxy(request.proxy, request) : await dial(request);
      const address = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`;
      onHttp?.({
        type: 'connected',
        host: url.host,
        address,
        protocol: request.tls === undefined ? 'tcp' : 'tls',
      });
      return socket;
    };
    return new UndiciPool(url.origin, {
      connections: limits.connectionsPerHost,
      headersTimeout: limits.headersMs,
      bodyTimeout: limits.idleMs,
      maxHeaderSize: 64 << 10,
      pipelining: 1,
      allowH2: protocol === 'h2',
      connect: (_options, callback) => {
        connect().then(
          (socket) => callback(null, socket),
          (error: Error) => callback(error, null),
        );
      },
    });
  }
}

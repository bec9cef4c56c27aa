import { STATUS_CODES } from 'node:http';
import { version } from '../../version.js';
import { type Answer, Headers } from './answer.js';
import { NetworkError } from '../errors.js';
import type { HttpEvent, Listener } from '../events.js';
import { requestLines, responseLines } from './http-dump.js';
import { exchangeError } from './network-error.js';
import type { PoolAnswer, PoolRequest, Pools } from './pools.js';
import { readAhead } from './read-ahead.js';
import { redactUrl } from './redact.js';
import { isRedirect, maxHops, redirectTarget } from './redirect.js';
import { redirectTls, type TlsSettings } from '../tls-settings.js';
import type { UploadBody } from './upload-body.js';

type Fields = readonly (readonly [name: string, value: string])[];

/** One request with what of it must not leave its origin. */
export interface TransportRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  /** The URL is another's than the origin's that the secrets and the TLS settings are for: it gets neither. */
  readonly isForeign?: boolean;
  /** Sent wherever a redirect leads. */
  readonly headers: Fields;
  /** Sent to the URL's own scheme, host and port only. */
  readonly secretHeaders: Fields;
  /** A text is a login, which goes nowhere else. */
  readonly body?: string | UploadBody;
  readonly tls: TlsSettings;
  /** Refuse names that lead to addresses of this machine or its networks. */
  readonly publicOnly?: boolean;
  readonly dialTimeoutMs?: number;
  /** From the request to its answer's headers, instead of the limit for all requests. */
  readonly headersTimeoutMs?: number;
  /** Called with each redirect's target; throws to refuse it. */
  readonly onRedirect?: (target: URL) => void;
  readonly signal: AbortSignal;
}

/** Sends requests and follows redirects. */
export interface Transport {
  /** @throws NetworkError with ctr's text `failed to do request: Get "URL": …`; or the signal's reason */
  send(request: TransportRequest): Promise<Answer>;
  close(): Promise<void>;
}

interface TransportOptions {
  readonly pools: Pools;
  readonly userAgent?: string;
  readonly onHttp?: Listener<HttpEvent>;
}

/** A transport over connection pools. */
export function createTransport({
  pools,
  userAgent = `tctr/${version}`,
  onHttp,
}: TransportOptions): Transport {
  const foreign = new WeakMap<TlsSettings, TlsSettings>();
  const tlsElsewhere = (tls: TlsSettings) => {
    const settings = foreign.get(tls) ?? redirectTls(tls);
    foreign.set(tls, settings);
    return settings;
  };

  const exchange = async (request: TransportRequest, url: URL, isHome: boolean): Promise<PoolAnswer> => {
    const headers: Fields = [
      ['user-agent', userAgent],
      ...request.headers,
      ...(isHome ? request.secretHeaders : []),
    ];
    onHttp?.({ type: 'request', lines: requestLines(request.method, url, headers) });
    const wanted: PoolRequest = {
      url,
      method: request.method,
      headers,
      tls: isHome ? request.tls : tlsElsewhere(request.tls),
      publicOnly: request.publicOnly === true,
      signal: request.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(isHome && request.dialTimeoutMs !== undefined ? { dialTimeoutMs: request.dialTimeoutMs } : {}),
      ...(request.headersTimeoutMs === undefined ? {} : { headersTimeoutMs: request.headersTimeoutMs }),
    };
    const answer = await pools.send(wanted);
    onHttp?.({ type: 'response', lines: responseLines(answer, url) });
    return answer;
  };

  const follow = async (request: TransportRequest, onHop: (url: URL) => void): Promise<Answer> => {
    let url = request.url;
    let isHome = request.isForeign !== true;
    for (let hops = 1; ; hops++) {
      onHop(url);
      const raw = await exchange(request, url, isHome);
      const location = isRedirect(raw.statusCode) ? raw.headers['location'] : undefined;
      if (location === undefined) return toAnswer(raw, url, { isForeign: !isHome, signal: request.signal });
      await discard(raw);
      const target = redirectTarget(String(location), url);
      if (hops === maxHops) throw new NetworkError('redirect', `stopped after ${maxHops} redirects`);
      refuseRedirect(request, raw.statusCode);
      request.onRedirect?.(target);
      url = target;
      // A stranger who sends us back home must not choose what is asked for there in the user's name.
      isHome &&= url.origin === request.url.origin;
    }
  };

  return {
    async send(request) {
      let at = request.url;
      try {
        return await follow(request, (url) => (at = url));
      } catch (error) {
        request.signal.throwIfAborted();
        throw requestError(request.method, at, error);
      }
    },
    close: () => pools.close(),
  };
}

/** What is sent is sent again only where the status says so (RFC 9110, 15.4), and a login never. */
function refuseRedirect({ method, body }: TransportRequest, status: number): void {
  if (typeof body === 'string') throw new NetworkError('redirect', 'redirect of a login refused');
  if (method === 'GET' || method === 'HEAD' || status === 307 || status === 308) return;
  throw new NetworkError('redirect', `redirect of an upload by status ${status} refused`);
}

function toAnswer(
  raw: PoolAnswer,
  url: URL,
  { isForeign, signal }: { readonly isForeign: boolean; readonly signal: AbortSignal },
): Answer {
  const text = raw.statusText || STATUS_CODES[raw.statusCode] || '';
  return {
    status: raw.statusCode,
    statusLine: `${raw.statusCode} ${text}`.trim(),
    headers: new Headers(Object.entries(raw.headers)),
    url,
    isForeign,
    body: readBody(raw, signal),
    discard: () => discard(raw),
  };
}

async function* readBody(raw: PoolAnswer, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* readAhead(raw.body);
  } catch (error) {
    signal.throwIfAborted();
    throw exchangeError(error);
  }
}

/** Drops a body; a long one costs its connection. */
async function discard(raw: PoolAnswer): Promise<void> {
  try {
    await raw.body.dump({ limit: 64 << 10 });
  } catch {
    // The body was of no interest, and neither is what broke it.
  }
}

function requestError(method: string, url: URL, error: unknown): unknown {
  if (!(error instanceof NetworkError)) return error;
  const verb = method[0] + method.slice(1).toLowerCase();
  const message = `failed to do request: ${verb} ${JSON.stringify(redactUrl(url))}: ${error.message}`;
  return new NetworkError(error.fault, message, {
    cause: error,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  });
}

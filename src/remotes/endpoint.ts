import { KindError } from '../oci/errors.js';
import type { Answer } from './answer.js';
import { Authorizer, canAnswer, type Grant } from './authorizer.js';
import { type Challenge, parseChallenges } from './challenge.js';
import type { Clock } from './clock.js';
import type { CredentialSource } from './credentials.js';
import { AuthorizationError, NetworkError } from './errors.js';
import type { Listener, RemoteEvent } from './events.js';
import type { Limits } from './limits.js';
import type { RegistryHost } from './registry-host.js';
import { isTransientStatus, retryAfterMs, transientError, withRetries } from './retry.js';
import { realmTls, type TlsSettings } from './tls-settings.js';
import type { TokenSend } from './token.js';
import type { Transport } from './transport.js';

/** What all endpoints of a remote share. */
export interface EndpointServices {
  readonly transport: Transport;
  readonly credentials: CredentialSource;
  readonly clock: Clock;
  readonly random: () => number;
  readonly limits: Limits;
  readonly plainHttp: boolean;
  readonly authRealms: readonly string[];
  readonly onEvent: Listener<RemoteEvent>;
  readonly signal: AbortSignal;
}

/** A request of the distribution API. */
export interface EndpointRequest {
  readonly method: 'GET' | 'HEAD';
  /** Below the API's root: `library/busybox`, `manifests`, `latest`. */
  readonly path: readonly [repository: string, ...rest: string[]];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly scopes: readonly string[];
  /** Try again by itself; false where the next host is the better answer. */
  readonly mayRetry: boolean;
  readonly signal: AbortSignal;
}

/** One registry host with its connection's state: the scheme it turned out to speak, and its authorizer. */
export class Endpoint {
  #origin: URL;
  #authorizer: Authorizer;
  #didFallBack = false;
  readonly #realmTls: TlsSettings;

  constructor(
    readonly host: RegistryHost,
    readonly services: EndpointServices,
  ) {
    this.#origin = originOf(host.scheme, host.host);
    this.#authorizer = this.#makeAuthorizer();
    this.#realmTls = realmTls(host.tls);
    if (host.mayFallBack) services.onEvent({ type: 'https-first', host: host.host });
  }

  /** The URL that a request goes to. */
  url(path: EndpointRequest['path']): URL {
    const [repository, ...rest] = path;
    const segments = [...repository.split('/'), ...rest];
    if (segments.some((segment) => /^\.{0,2}$/.test(segment))) {
      throw new KindError('invalid argument', `invalid repository or object in ${JSON.stringify(path.join('/'))}`);
    }
    const encoded = segments.map((segment) => encodeURIComponent(segment).replaceAll('%3A', ':'));
    const url = new URL(`${this.host.path}/${encoded.join('/')}`, this.#origin);
    if (this.host.namespace !== undefined) url.searchParams.set('ns', this.host.namespace);
    return url;
  }

  /**
   * Sends a request with the origin's grant, answers a challenge, and tries again after passing troubles.
   * @param consume reads what it needs of the final answer; what it throws of the network is tried again too
   * @throws NetworkError, AuthorizationError
   */
  async request<Result>(request: EndpointRequest, consume: (answer: Answer) => Promise<Result>): Promise<Result> {
    const { clock, random, limits, onEvent } = this.services;
    const policy = {
      clock,
      random,
      tries: request.mayRetry ? limits.tries : 1,
      longestPauseMs: limits.longestPauseMs,
      signal: request.signal,
      onRetry: (retry: { attempt: number; delayMs: number; reason: string }) =>
        onEvent({ type: 'retry', host: this.host.host, ...retry }),
    };
    const outcome = await withRetries<Answer | { readonly result: Result }>(
      policy,
      async () => {
        const answer = await this.#exchange(request);
        return isTransientStatus(answer.status) ? answer : { result: await consume(answer) };
      },
      (tried) => (tried instanceof Error ? transientError(tried) : assessAnswer(tried, clock)),
      async (tried) => ('result' in tried ? undefined : tried.discard()),
    );
    return 'result' in outcome ? outcome.result : consume(outcome);
  }

  /** One request, made again after a challenge; a refused token is refreshed once. */
  async #exchange(request: EndpointRequest): Promise<Answer> {
    let refreshes = 0;
    for (;;) {
      const authorizer = this.#authorizer;
      const grant = await abortable(authorizer.authorize(request.scopes), request.signal);
      const answer = await this.#send(request, grant);
      // Another origin's challenge is never answered: its 401 is the outcome.
      if (answer.status !== 401 || answer.isForeign) return answer;
      if (authorizer !== this.#authorizer) {
        await answer.discard();
        continue;
      }
      const challenges = parseChallenges(answer.headers.all('www-authenticate'));
      if (!challenges.some(canAnswer)) return answer;
      if (grant?.scheme === 'bearer' && refreshes++ > 0) throw await refused(answer, challenges);
      await answer.discard();
      await authorizer.challenge(challenges, request.scopes, grant);
    }
  }

  async #send(request: EndpointRequest, grant: Grant | undefined): Promise<Answer> {
    try {
      return await this.#sendOnce(request, grant);
    } catch (error) {
      const speaksHttp = error instanceof NetworkError && error.fault === 'plain-http';
      if (!speaksHttp || !this.host.mayFallBack || grant !== undefined) throw error;
      this.#fallBack();
      return this.#sendOnce(request, undefined);
    }
  }

  #sendOnce(request: EndpointRequest, grant: Grant | undefined): Promise<Answer> {
    const { method, headers, path, signal } = request;
    const { tls, dialTimeoutMs } = this.host;
    const authorization = grant === undefined ? [] : [['authorization', grant.header] as const];
    return this.services.transport.send({
      method,
      url: this.url(path),
      headers,
      secretHeaders: [...this.host.headers, ...authorization],
      tls,
      signal,
      ...(dialTimeoutMs === undefined ? {} : { dialTimeoutMs }),
    });
  }

  #fallBack(): void {
    if (this.#didFallBack) return;
    this.#didFallBack = true;
    this.#origin = originOf('http', this.host.host);
    this.#authorizer = this.#makeAuthorizer();
    this.services.onEvent({ type: 'http-fallback', host: this.host.host });
  }

  #makeAuthorizer(): Authorizer {
    const { credentials, clock, plainHttp, authRealms, signal } = this.services;
    return new Authorizer({
      credentialHost: this.host.credentialHost,
      credentials,
      context: { registry: this.#origin, plainHttp, trustedHosts: authRealms },
      maySendSecret: () => this.host.tls.skipVerify !== 'loopback' && !this.#didFallBack,
      send: this.#sendToRealm,
      clock,
      signal,
    });
  }

  readonly #sendToRealm: TokenSend = (request) => {
    const { transport, clock, random, limits, signal, onEvent } = this.services;
    const policy = {
      clock,
      random,
      tries: limits.tries,
      longestPauseMs: limits.longestPauseMs,
      signal,
      onRetry: (retry: { attempt: number; delayMs: number; reason: string }) =>
        onEvent({ type: 'retry', host: request.url.host, ...retry }),
    };
    const tls = request.url.origin === this.#origin.origin ? this.host.tls : this.#realmTls;
    // A login that was sent and not answered may have been counted: it is not posted again.
    const assessError = request.method === 'POST' ? () => undefined : transientError;
    return withRetries<Answer>(
      policy,
      () => transport.send({ ...request, tls, signal }),
      (tried) => (tried instanceof Error ? assessError(tried) : assessAnswer(tried, clock)),
      (tried) => tried.discard(),
    );
  };
}

function assessAnswer(tried: Answer | { readonly result: unknown }, clock: Clock) {
  if ('result' in tried || !isTransientStatus(tried.status)) return undefined;
  const pauseMs = retryAfterMs(tried.headers, clock);
  return { reason: tried.statusLine, ...(pauseMs === undefined ? {} : { pauseMs }) };
}

function originOf(scheme: string, host: string): URL {
  const text = `${scheme}://${host}`;
  if (!URL.canParse(text)) throw new KindError('invalid argument', `invalid registry host ${JSON.stringify(host)}`);
  return new URL(text);
}

/** A shared promise that one of its waiters may leave. */
function abortable<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

async function refused(answer: Answer, challenges: readonly Challenge[]): Promise<AuthorizationError> {
  await answer.discard();
  const reason = challenges.find(canAnswer)?.parameters.get('error')?.slice(0, 64) ?? '';
  const hint = 'the registry refused a fresh token: the repository may not exist, or asks for another login';
  const message = reason === '' ? 'authorization failed' : `server message: ${reason}: authorization failed`;
  return new AuthorizationError(message, { status: 401, hint });
}

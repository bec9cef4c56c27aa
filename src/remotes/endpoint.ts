import { KindError } from '../oci/errors.js';
import { abortable } from './auth/abortable.js';
import type { Answer } from './http/answer.js';
import { Authorizer, canAnswer, type Grant } from './auth/authorizer.js';
import { type Challenge, parseChallenges } from './auth/challenge.js';
import { AuthorizationError, NetworkError } from './errors.js';
import type { RegistryHost } from './hosts/registry-host.js';
import { retryRequest } from './http/retry-request.js';
import { sendToRealm } from './auth/realm-request.js';
import type { Services } from './services.js';
import { realmTls, type TlsSettings } from './tls-settings.js';
import type { TokenSend } from './auth/token.js';
import type { UploadBody } from './http/upload-body.js';
import type { UploadLocation } from './push/upload-location.js';

/** A request of the distribution API. */
export interface EndpointRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** Below the API's root: `library/busybox`, `manifests`, `latest`. */
  readonly path: readonly [repository: string, ...rest: string[]];
  /** Where the registry said to go instead of the path: of another origin, it gets nothing secret. */
  readonly location?: UploadLocation;
  /** Added to the path's URL. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly body?: UploadBody;
  /** From the request to its answer's headers, instead of the limit for all requests. */
  readonly headersTimeoutMs?: number;
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
    readonly services: Services,
  ) {
    this.#origin = originOf(host.scheme, host.host);
    this.#authorizer = this.#makeAuthorizer();
    this.#realmTls = realmTls(host.tls);
    if (host.mayFallBack) services.onEvent({ type: 'https-first', host: host.host });
  }

  /** The URL that a request goes to. */
  url(path: EndpointRequest['path'], query: EndpointRequest['query'] = []): URL {
    const [repository, ...rest] = path;
    const segments = [...repository.split('/'), ...rest];
    // The distribution API has one path that ends in a slash: `blobs/uploads/`.
    const names = segments.at(-2) === 'uploads' && segments.at(-1) === '' ? segments.slice(0, -1) : segments;
    if (names.some((segment) => /^\.{0,2}$/.test(segment))) {
      throw new KindError(
        'invalid argument',
        `invalid repository or object in ${JSON.stringify(path.join('/'))}`,
      );
    }
    const encoded = segments.map((segment) => encodeURIComponent(segment).replaceAll('%3A', ':'));
    const url = new URL(`${this.host.path}/${encoded.join('/')}`, this.#origin);
    for (const [name, value] of query) url.searchParams.set(name, value);
    if (this.host.namespace !== undefined) url.searchParams.set('ns', this.host.namespace);
    return url;
  }

  /**
   * Sends a request with the origin's grant, answers a challenge, and tries again after passing troubles.
   * @param consume reads what it needs of the final answer; what it throws of the network is tried again too
   * @throws NetworkError, AuthorizationError
   */
  async request<Result>(
    request: EndpointRequest,
    consume: (answer: Answer) => Promise<Result>,
  ): Promise<Result> {
    const { mayRetry, signal } = request;
    const wish = { host: this.host.host, tries: mayRetry ? this.services.limits.tries : 1, signal };
    return retryRequest(this.services, wish, () => this.#exchange(request), consume);
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
      if (grant?.scheme === 'basic') {
        authorizer.refuse();
        return answer;
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
    const { method, headers, path, query, location, body, headersTimeoutMs, signal } = request;
    const { tls, dialTimeoutMs } = this.host;
    const authorization = grant === undefined ? [] : [['authorization', grant.header] as const];
    return this.services.transport.send({
      method,
      ...(location ?? { url: this.url(path, query) }),
      headers,
      secretHeaders: [...this.host.headers, ...authorization],
      tls,
      signal,
      ...(body === undefined ? {} : { body }),
      ...(headersTimeoutMs === undefined ? {} : { headersTimeoutMs }),
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

  #sendToRealm(): TokenSend {
    const { origin } = this.#origin;
    return (request) => {
      const tls = request.url.origin === origin ? this.host.tls : this.#realmTls;
      return sendToRealm(this.services, { ...request, tls });
    };
  }

  #makeAuthorizer(): Authorizer {
    const { credentials, clock, plainHttp, authRealms, signal } = this.services;
    return new Authorizer({
      credentialHost: this.host.credentialHost,
      credentials,
      context: { registry: this.#origin, plainHttp, trustedHosts: authRealms },
      maySendSecret: () => this.host.tls.skipVerify !== 'loopback' && !this.#didFallBack,
      send: this.#sendToRealm(),
      clock,
      signal,
    });
  }
}

function originOf(scheme: string, host: string): URL {
  const text = `${scheme}://${host}`;
  if (!URL.canParse(text))
    throw new KindError('invalid argument', `invalid registry host ${JSON.stringify(host)}`);
  return new URL(text);
}

async function refused(answer: Answer, challenges: readonly Challenge[]): Promise<AuthorizationError> {
  await answer.discard();
  const reason = challenges.find(canAnswer)?.parameters.get('error')?.slice(0, 64) ?? '';
  const hint = 'the registry refused a fresh token: the repository may not exist, or asks for another login';
  const message = reason === '' ? 'authorization failed' : `server message: ${reason}: authorization failed`;
  return new AuthorizationError(message, { status: 401, hint });
}

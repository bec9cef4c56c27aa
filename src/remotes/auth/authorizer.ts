import type { Challenge } from './challenge.js';
import type { Clock } from '../clock.js';
import type { Credential, CredentialSource } from '../credentials.js';
import { AuthorizationError, RemoteError } from '../errors.js';
import { checkRealm, type Realm, type RealmContext } from './realm.js';
import { mergeScopes, splitScopes } from './scope.js';
import { basicAuthorization, fetchToken, type TokenSend } from './token.js';

/** An Authorization header and where it came from, so that a refusal of it can be told apart. */
export interface Grant {
  readonly scheme: 'basic' | 'bearer';
  readonly header: string;
}

interface AuthorizerOptions {
  readonly credentialHost: string;
  readonly credentials: CredentialSource;
  /** What realms are judged by; its `registry` is the origin that all grants are for. */
  readonly context: RealmContext;
  /** False where the connection is neither verified nor asked for in clear: no secret may go over it. */
  readonly maySendSecret: () => boolean;
  readonly send: TokenSend;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

interface CachedToken {
  readonly grant: Promise<Grant>;
  /** Undefined while the token is on its way. */
  arrived?: { readonly header: string; readonly expiresAt: number };
}

interface BearerServer {
  readonly realm: Realm;
  readonly service?: string;
}

const waysToLogIn = 'log in with --user NAME:PASSWORD, or with a docker config.json';

/**
 * Answers the challenges of one origin. Tokens are kept by scope until they age out, by a clock that no one sets; equal
 * wishes at one time make one request. A password that was refused is not sent again.
 */
export class Authorizer {
  readonly #tokens = new Map<string, CachedToken>();
  readonly #askedScopes = new Map<string, readonly string[]>();
  #server: BearerServer | undefined;
  #basic: Grant | undefined;
  #refusal: AuthorizationError | undefined;
  #credential: Promise<Credential | undefined> | undefined;

  constructor(readonly options: AuthorizerOptions) {}

  /** The grant to send along; undefined as long as the origin has not asked for one. */
  async authorize(scopes: readonly string[]): Promise<Grant | undefined> {
    if (this.#refusal !== undefined) throw this.#refusal;
    if (this.#basic !== undefined) return this.#basic;
    return this.#server === undefined ? undefined : this.#token(this.#server, scopes);
  }

  /**
   * Takes a 401's challenges in; afterwards {@link authorize} may give a better grant.
   * @param used what was refused
   * @throws AuthorizationError if nothing better can be had
   */
  async challenge(challenges: readonly Challenge[], scopes: readonly string[], used?: Grant): Promise<void> {
    const known = challenges.find(canAnswer);
    if (known === undefined) throw new RemoteError('not implemented', 'failed to find supported auth scheme');
    if (known.scheme === 'basic') return this.#acceptBasic();
    if (used !== undefined) this.#forget(used);
    this.#askedScopes.set(scopeKey(scopes), splitScopes(known.parameters.get('scope')));
    this.#server = this.#bearerServer(known);
  }

  /** The password was refused: from now on it is not sent, and no request made that would need it. */
  refuse(): void {
    const hint = 'the registry refused the name or the password';
    this.#refusal = new AuthorizationError('authorization failed', { status: 401, hint });
  }

  async #acceptBasic(): Promise<void> {
    const credential = await this.#secret();
    if (credential?.kind !== 'password') {
      throw new AuthorizationError('authorization failed: no basic auth credentials', {
        status: 401,
        hint: waysToLogIn,
      });
    }
    this.#basic = { scheme: 'basic', header: basicAuthorization(credential) };
  }

  #bearerServer({ parameters }: Challenge): BearerServer {
    const text = parameters.get('realm') ?? '';
    if (text === '')
      throw new AuthorizationError('no realm specified for token auth challenge', { status: 401 });
    const service = parameters.get('service');
    return { realm: checkRealm(text, this.options.context), ...(service === undefined ? {} : { service }) };
  }

  #token(server: BearerServer, scopes: readonly string[]): Promise<Grant> {
    const wanted = mergeScopes([...scopes, ...(this.#askedScopes.get(scopeKey(scopes)) ?? [])]);
    const key = wanted.join(' ');
    const cached = this.#tokens.get(key);
    if (cached !== undefined && this.options.clock.monotonic() < (cached.arrived?.expiresAt ?? Infinity))
      return cached.grant;
    const made: CachedToken = { grant: this.#fetch(server, wanted, (arrived) => (made.arrived = arrived)) };
    made.grant.catch(() => {
      // An anonymous or failed attempt may be made again by the next request; a refused password is kept in #refusal.
      if (this.#tokens.get(key) === made) this.#tokens.delete(key);
    });
    this.#tokens.set(key, made);
    return made.grant;
  }

  async #fetch(
    server: BearerServer,
    scopes: readonly string[],
    onArrival: (arrived: NonNullable<CachedToken['arrived']>) => void,
  ): Promise<Grant> {
    const { clock, context, send } = this.options;
    const credential = await this.#secret();
    if (credential?.kind === 'bearer') return { scheme: 'bearer', header: `Bearer ${credential.token}` };
    if (credential !== undefined && !server.realm.mayHaveSecret) throw strangeRealm(server.realm);
    const asked = clock.monotonic();
    const { realm, service } = server;
    try {
      const { token, lifeMs } = await fetchToken(
        {
          realm,
          context,
          scopes,
          ...(service === undefined ? {} : { service }),
          ...(credential === undefined ? {} : { credential }),
        },
        send,
      );
      const header = `Bearer ${token}`;
      onArrival({ header, expiresAt: asked + lifeMs * 0.9 });
      return { scheme: 'bearer', header };
    } catch (error) {
      throw this.#remember(error, credential);
    }
  }

  #remember(error: unknown, credential: Credential | undefined): unknown {
    if (!(error instanceof RemoteError) || error.status !== 401 || credential === undefined) return error;
    const hint = 'the token server refused the name or the password';
    this.#refusal = new AuthorizationError(error.message, { cause: error, status: 401, hint });
    return this.#refusal;
  }

  /** The user's login for this origin. */
  async #secret(): Promise<Credential | undefined> {
    const { credentials, credentialHost, maySendSecret, signal } = this.options;
    this.#credential ??= credentials.find(credentialHost, signal);
    const credential = await this.#credential;
    if (credential === undefined || maySendSecret()) return credential;
    throw new RemoteError(
      'permission denied',
      `will not send a login for ${credentialHost} unverified or in clear`,
      {
        hint: 'say --plain-http, --skip-verify or --tlscacert',
      },
    );
  }

  #forget(used: Grant): void {
    // A token still on its way is newer than the refused one.
    for (const [key, { arrived }] of this.#tokens)
      if (arrived?.header === used.header) this.#tokens.delete(key);
  }
}

/** Tells whether a challenge is of a scheme that tctr knows. */
export function canAnswer({ scheme }: Challenge): boolean {
  return scheme === 'bearer' || scheme === 'basic';
}

function scopeKey(scopes: readonly string[]): string {
  return mergeScopes(scopes).join(' ');
}

function strangeRealm({ url }: Realm): RemoteError {
  const message = `will not send the password to the token server ${url.host}: it is not the registry's own`;
  return new RemoteError('permission denied', message, {
    hint: `only those under the registry’s own domain are sent it; --auth-realm ${url.host} trusts this one, too`,
  });
}

import { type Answer, readUpTo } from '../http/answer.js';
import type { Credential } from '../credentials.js';
import { RemoteError } from '../errors.js';
import { maxTokenBody } from '../limits.js';
import { checkRealm, type Realm, type RealmContext } from './realm.js';
import { redactUrl } from '../http/redact.js';
import type { TransportRequest } from '../http/transport.js';

/** What to ask a token server for. */
export interface TokenRequest {
  readonly realm: Realm;
  readonly context: RealmContext;
  readonly service?: string;
  readonly scopes: readonly string[];
  /** Absent for an anonymous token. */
  readonly credential?: Exclude<Credential, { kind: 'bearer' }>;
}

/** A token and its life in milliseconds. */
export interface Token {
  readonly token: string;
  readonly lifeMs: number;
}

/** Sends one request with retries; gives the token server's final answer. */
export type TokenSend = (
  request: Pick<
    TransportRequest,
    'method' | 'url' | 'headers' | 'secretHeaders' | 'publicOnly' | 'onRedirect'
  > & {
    readonly body?: string;
  },
) => Promise<Answer>;

const clientId = 'containerd-client';
// distribution-spec: what holds where the server says nothing, and the least it should say.
const defaultLifeMs = 60_000;
// Registries that know no POST, or not for passwords: GCR 404, JFrog 401, ACR 400, others 405.
const needsGet: ReadonlySet<number> = new Set([400, 401, 404, 405]);

/**
 * Gets a token (distribution-spec, token authentication): with a login by OAuth's POST, then by GET with Basic where the
 * server does not take it; anonymously by GET.
 * @throws RemoteError `failed to fetch oauth token: …`, `failed to fetch anonymous token: …`
 */
export async function fetchToken(request: TokenRequest, send: TokenSend): Promise<Token> {
  const { credential } = request;
  if (credential === undefined)
    return readToken(await get(request, send), 'failed to fetch anonymous token: ');
  const prefix = 'failed to fetch oauth token: ';
  const answer = await post(request, credential, send);
  const canGet = credential.kind === 'password' && needsGet.has(answer.status);
  if (!canGet) return readToken(answer, prefix);
  await answer.discard();
  return readToken(await get(request, send), prefix);
}

function post(
  { realm, service, scopes }: TokenRequest,
  credential: NonNullable<TokenRequest['credential']>,
  send: TokenSend,
): Promise<Answer> {
  const form = new URLSearchParams({ client_id: clientId });
  if (service !== undefined) form.set('service', service);
  if (scopes.length > 0) form.set('scope', scopes.join(' '));
  if (credential.kind === 'refresh-token') {
    form.set('grant_type', 'refresh_token');
    form.set('refresh_token', credential.token);
  } else {
    form.set('grant_type', 'password');
    form.set('username', credential.username);
    form.set('password', credential.password);
  }
  return send({
    method: 'POST',
    url: realm.url,
    headers: [['content-type', 'application/x-www-form-urlencoded; charset=utf-8']],
    secretHeaders: [],
    body: form.toString(),
    publicOnly: realm.publicOnly,
  });
}

function get(
  { realm, context, service, scopes, credential }: TokenRequest,
  send: TokenSend,
): Promise<Answer> {
  const url = new URL(realm.url);
  if (service !== undefined) url.searchParams.append('service', service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  return send({
    method: 'GET',
    url,
    headers: [],
    secretHeaders: credential?.kind === 'password' ? [['authorization', basicAuthorization(credential)]] : [],
    publicOnly: realm.publicOnly,
    onRedirect: (target) => void checkRealm(target.href, context),
  });
}

/** The value of an Authorization header with a password. */
export function basicAuthorization({ username, password }: { username: string; password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

async function readToken(answer: Answer, prefix: string): Promise<Token> {
  const { status, url } = answer;
  const fail = (why: string) => {
    const kind = status === 401 || status === 403 ? 'unauthenticated' : 'unavailable';
    return new RemoteError(kind, prefix + why, { status, hint: `the token server is ${url.host}` });
  };
  if (status < 200 || status >= 400) {
    await answer.discard();
    throw fail(`unexpected status from token request to ${redactUrl(url)}: ${answer.statusLine}`);
  }
  const body = await readUpTo(answer, maxTokenBody);
  if (body === undefined) throw fail('answer is too long');
  const fields = parseFields(body);
  if (fields === undefined) throw fail('unable to decode token response');
  const token = [fields.get('token'), fields.get('access_token')].find(isText);
  if (token === undefined) throw fail('authorization server did not include a token in the response');
  if (/[^\x21-\x7e]/.test(token)) throw fail('token holds characters that no header can');
  const seconds = fields.get('expires_in');
  const isLife = typeof seconds === 'number' && seconds > 0;
  return { token, lifeMs: isLife ? Math.max(seconds * 1000, defaultLifeMs) : defaultLifeMs };
}

function parseFields(body: Uint8Array): ReadonlyMap<string, unknown> | undefined {
  try {
    const fields: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (typeof fields !== 'object' || fields === null) return undefined;
    return new Map(Object.entries(fields));
  } catch {
    // The body could hold a token, so that V8's message, which quotes it, is dropped.
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

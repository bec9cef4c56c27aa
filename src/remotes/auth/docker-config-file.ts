import { KindError } from '../../oci/errors.js';
import type { Credential } from '../credentials.js';

/** What of docker's config.json concerns logins. */
export interface DockerConfig {
  /** By the key of docker login. */
  readonly auths: ReadonlyMap<string, Credential>;
  /** Helper by registry. */
  readonly helpers: ReadonlyMap<string, string>;
  readonly store?: string;
}

/**
 * Reads a config.json. Entries without a login are left out.
 * @param file named in errors
 * @throws KindError 'invalid argument', never with the file's content
 */
export function parseDockerConfig(text: string, file: string): DockerConfig {
  const fail = (why: string) => new KindError('invalid argument', `${file}: ${why}`);
  const root = asObject(parseJson(text, fail));
  if (root === undefined) throw fail('not a JSON object');
  const auths = new Map<string, Credential>();
  for (const [key, entry] of entriesOf(root.get('auths'))) {
    const credential = readEntry(entry, () => fail(`auths: ${JSON.stringify(key)}: invalid "auth"`));
    if (credential !== undefined) auths.set(key, credential);
  }
  const helpers = new Map<string, string>();
  for (const [host, name] of entriesOf(root.get('credHelpers'))) {
    if (typeof name === 'string' && name !== '') helpers.set(host, name);
  }
  const store = root.get('credsStore');
  return { auths, helpers, ...(typeof store === 'string' && store !== '' ? { store } : {}) };
}

/** Looks a login up as docker does: the exact key, or a key whose host is the same. */
export function findStoredLogin(auths: ReadonlyMap<string, Credential>, key: string): Credential | undefined {
  const exact = auths.get(key);
  if (exact !== undefined) return exact;
  const host = hostOfKey(key);
  for (const [stored, credential] of auths) if (hostOfKey(stored) === host) return credential;
  return undefined;
}

/** The host of a stored key: no scheme, login, path or query (docker/cli `ConvertToHostname`). */
export function hostOfKey(key: string): string {
  const bare = key.replace(/^https?:\/\//, '');
  const authority = /^[^/?#]*/.exec(bare)?.[0] ?? '';
  return authority.slice(authority.lastIndexOf('@') + 1);
}

function readEntry(value: unknown, fail: () => KindError): Credential | undefined {
  const entry = asObject(value);
  const text = (name: string) => {
    const field = entry?.get(name);
    return typeof field === 'string' ? field : '';
  };
  if (text('registrytoken') !== '') return { kind: 'bearer', token: text('registrytoken') };
  const { username, password } = text('auth') === '' ? plainLogin(text) : decodeLogin(text('auth'), fail);
  if (text('identitytoken') !== '') return { kind: 'refresh-token', username, token: text('identitytoken') };
  return username === '' || password === '' ? undefined : { kind: 'password', username, password };
}

interface Login {
  readonly username: string;
  readonly password: string;
}

function plainLogin(text: (name: string) => string): Login {
  return { username: text('username'), password: text('password') };
}

function decodeLogin(auth: string, fail: () => KindError): Login {
  const login = Buffer.from(auth, 'base64').toString('utf8');
  const colon = login.indexOf(':');
  if (colon < 0) throw fail();
  // docker pads with NULs.
  return { username: login.slice(0, colon), password: trimNuls(login.slice(colon + 1)) };
}

function trimNuls(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === '\0') start++;
  while (end > start && text[end - 1] === '\0') end--;
  return text.slice(start, end);
}

function parseJson(text: string, fail: (why: string) => KindError): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // V8's message quotes the text, which holds secrets.
    throw fail('invalid JSON');
  }
}

function asObject(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return new Map(Object.entries(value));
}

function entriesOf(value: unknown): Iterable<readonly [string, unknown]> {
  return asObject(value) ?? [];
}

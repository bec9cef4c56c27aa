import { isIP } from 'node:net';
import { RemoteError } from '../errors.js';
import { bareHost, literalReach } from '../http/local-address.js';

/** What a token server's address is judged by. */
export interface RealmContext {
  /** The registry that sent the challenge. */
  readonly registry: URL;
  /** The user allowed plain http (`--plain-http`). */
  readonly plainHttp: boolean;
  /** Hosts that may be sent a password in spite of their name. */
  readonly trustedHosts: readonly string[];
}

/** A token server that may be asked. */
export interface Realm {
  readonly url: URL;
  /** It may be sent the user's password, not only anonymous requests. */
  readonly mayHaveSecret: boolean;
  /** Its name must not lead to this machine or its networks. */
  readonly publicOnly: boolean;
}

// Under these, neighbours are strangers.
const sharedSuffixes: readonly string[] = [
  'amazonaws.com',
  'azurecontainer.io',
  'azurecr.io',
  'azurewebsites.net',
  'cloudapp.net',
  'cloudfront.net',
  'fly.dev',
  'github.io',
  'gitlab.io',
  'herokuapp.com',
  'netlify.app',
  'ngrok.io',
  'onrender.com',
  'pages.dev',
  'run.app',
  'vercel.app',
  'windows.net',
  'workers.dev',
];
const secondLevels: ReadonlySet<string> = new Set([
  'ac',
  'co',
  'com',
  'edu',
  'gob',
  'gov',
  'ne',
  'net',
  'or',
  'org',
]);

/**
 * Judges the realm of a Bearer challenge: the registry's text, which must not lead a password to a stranger nor a
 * request into the local network.
 * @throws RemoteError 'permission denied'
 */
export function checkRealm(text: string, context: RealmContext): Realm {
  const { registry, plainHttp, trustedHosts } = context;
  const url = text.length <= 2048 && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw refused('not a URL');
  if (url.username !== '' || url.password !== '') throw refused('it holds a login');
  const isSameHost = url.host === registry.host;
  if (url.protocol !== 'https:') checkScheme(url, registry, isSameHost || plainHttp);
  const isLocalRegistry =
    literalReach(registry.hostname) !== undefined && literalReach(registry.hostname) !== 'public';
  const reach = literalReach(url.hostname) ?? 'public';
  if (reach !== 'public' && !isSameHost && !isLocalRegistry)
    throw refused(`${url.hostname} is a ${reach} address`);
  url.hash = '';
  const mayHaveSecret =
    (isKin(url, registry) && (url.protocol === 'https:' || url.hostname === registry.hostname)) ||
    trustedHosts.includes(url.host);
  return { url, mayHaveSecret, publicOnly: !isSameHost && !isLocalRegistry };
}

function checkScheme(url: URL, registry: URL, isAllowed: boolean): void {
  if (url.protocol !== 'http:')
    throw refused(`unsupported protocol scheme ${JSON.stringify(url.protocol.slice(0, -1))}`);
  if (registry.protocol === 'https:') throw refused('plain http for a registry that speaks https');
  const bothLoopback =
    literalReach(url.hostname) === 'loopback' && literalReach(registry.hostname) === 'loopback';
  if (!isAllowed && !bothLoopback) throw refused('plain http on another host');
}

/** Same host, or names below one registered domain. */
function isKin(a: URL, b: URL): boolean {
  const [one, other] = [bareHost(a.hostname), bareHost(b.hostname)];
  if (one === other) return true;
  if (isIP(one) !== 0 || isIP(other) !== 0) return false;
  const domain = registeredDomain(one);
  return domain !== undefined && domain === registeredDomain(other);
}

/** A name's registered domain, near enough: the whole public suffix list is not worth its size here. */
function registeredDomain(name: string): string | undefined {
  const labels = name.replace(/\.$/, '').split('.');
  const [second = '', top = ''] = labels.slice(-2);
  const isShared = sharedSuffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
  if (isShared || labels.length < 2) return undefined;
  const depth = top.length === 2 && secondLevels.has(second) ? 3 : 2;
  return labels.length < depth ? undefined : labels.slice(-depth).join('.');
}

function refused(why: string): RemoteError {
  return new RemoteError('permission denied', `token server (realm) not allowed: ${why}`);
}

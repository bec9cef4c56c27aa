import { NetworkError } from '../errors.js';
import { literalReach } from './local-address.js';

/** How many requests one may become. */
export const maxHops = 10;

const statuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Tells whether a status sends the client elsewhere. */
export function isRedirect(status: number): boolean {
  return statuses.has(status);
}

/**
 * Where a Location leads: http or https only, never from https to http, never to a link-local address.
 * @throws NetworkError
 */
export function redirectTarget(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href)) throw new NetworkError('redirect', 'redirect to a malformed URL');
  const target = new URL(location, from.href);
  const scheme = target.protocol.slice(0, -1);
  if (scheme !== 'http' && scheme !== 'https') {
    throw new NetworkError('redirect', `unsupported protocol scheme ${JSON.stringify(scheme)}`);
  }
  if (scheme === 'http' && from.protocol === 'https:') {
    throw new NetworkError('redirect', 'redirect from https to plain http refused');
  }
  if (literalReach(target.hostname) === 'link' && target.host !== from.host) {
    throw new NetworkError('redirect', 'redirect to a link-local address refused');
  }
  target.username = '';
  target.password = '';
  target.hash = '';
  return target;
}

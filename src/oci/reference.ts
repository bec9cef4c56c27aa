import { posix } from 'node:path';
import { KindError } from './errors.js';

/** An image's full name, split as containerd's pkg/reference does: nothing is added to what the user wrote. */
export interface Reference {
  /** Host and path, `docker.io/library/busybox`. */
  readonly locator: string;
  /** Tag, `@` and digest, or both; empty where the name has neither. */
  readonly object: string;
}

// Go has no limit; anything longer is no registry's name but would be printed, stored and sent.
const maxLength = 4096;

/**
 * Splits a full image name (containerd `reference.Parse`). The object may be missing: see {@link requireObject}.
 * @throws KindError 'invalid argument'
 */
export function parseReference(text: string): Reference {
  if (text.length > maxLength || text.includes('://')) throw invalid('invalid reference');
  // containerd hands the name to Go's net/url behind a made-up scheme, so its errors show that URL.
  const fail = (why: string) => invalid(`parse ${JSON.stringify(`dummy://${text}`)}: ${why}`);
  if (/[\u0000-\u001f\u007f]/.test(text)) throw fail('net/url: invalid control character in URL');

  const withoutQuery = cutBefore(cutBefore(text, '#'), '?');
  const slash = withoutQuery.indexOf('/');
  const authority = slash < 0 ? withoutQuery : withoutQuery.slice(0, slash);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const hostProblem = findHostProblem(host);
  if (hostProblem !== undefined) throw fail(hostProblem);
  if (host === '') throw invalid('hostname required');

  const path = slash < 0 ? '' : unescapePath(withoutQuery.slice(slash), fail);
  const end = path.search(/[:@]/);
  if (end < 0) return { locator: joinPath(host, path), object: '' };
  return {
    locator: joinPath(host, path.slice(0, end)),
    object: path.slice(path[end] === ':' ? end + 1 : end),
  };
}

/**
 * A reference that says which image of a repository it means, as a pull needs.
 * @throws KindError 'invalid argument', `object required`
 */
export function requireObject(reference: Reference): Reference {
  if (reference.object === '') throw invalid('object required');
  return reference;
}

/** Writes a reference back: `locator:tag`, `locator@digest`, `locator:tag@digest`. */
export function formatReference({ locator, object }: Reference): string {
  if (object === '') return locator;
  return object.startsWith('@') ? locator + object : `${locator}:${object}`;
}

/** The registry's host, with its port. */
export function referenceHost({ locator }: Reference): string {
  return cutBefore(locator, '/');
}

/** The repository's path on the host; empty if the locator is a bare host. */
export function referenceRepository({ locator }: Reference): string {
  const slash = locator.indexOf('/');
  return slash < 0 ? '' : locator.slice(slash + 1);
}

/** The tag, or the empty text. */
export function referenceTag({ object }: Reference): string {
  return cutBefore(object, '@');
}

/** What follows the `@`, not checked: it may be short or no digest at all. Undefined without an `@`. */
export function referenceDigest({ object }: Reference): string | undefined {
  const at = object.indexOf('@');
  return at < 0 ? undefined : object.slice(at + 1);
}

function invalid(message: string): KindError {
  return new KindError('invalid argument', message);
}

function cutBefore(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? text : text.slice(0, at);
}

function findHostProblem(host: string): string | undefined {
  const bad = /[\s"<>\\^`{|}%]/.exec(host)?.[0];
  if (bad === '%') return `invalid URL escape ${JSON.stringify(host.slice(host.indexOf('%')).slice(0, 3))}`;
  if (bad !== undefined) return `invalid character ${JSON.stringify(bad)} in host name`;
  if (host.startsWith('[') && !host.includes(']')) return "missing ']' in host";
  const colon = host.startsWith('[') ? host.lastIndexOf(']') + 1 : host.lastIndexOf(':');
  const port = colon < 0 ? '' : host.slice(colon);
  return port === '' || /^:\d*$/.test(port) ? undefined : `invalid port ${JSON.stringify(port)} after host`;
}

function unescapePath(path: string, fail: (why: string) => KindError): string {
  const bad = /%(?![0-9a-f]{2}).{0,2}/i.exec(path)?.[0];
  if (bad !== undefined) throw fail(`invalid URL escape ${JSON.stringify(bad)}`);
  if (!path.includes('%')) return path;
  const decoded = decodeEscapes(path);
  // Go would go on with such a name; none can be meant.
  if (decoded === undefined || /[\u0000-\u001f\u007f]/.test(decoded)) throw invalid('invalid reference');
  return decoded;
}

function decodeEscapes(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

function joinPath(host: string, path: string): string {
  return posix.join(host, path).replace(/\/$/, '');
}

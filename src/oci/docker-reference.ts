import { parseDigest, type Digest } from './digest.js';
import { KindError } from './errors.js';

/** An image's name as docker understands it, with everything that docker leaves out filled in. */
export interface DockerReference {
  /** `docker.io`, or a host with its port. */
  readonly domain: string;
  /** `library/busybox`. */
  readonly path: string;
  readonly tag?: string;
  readonly digest?: Digest;
}

const defaultDomain = 'docker.io';
const maxLength = 4096;
const maxNameLength = 255;

// Each is matched against one part of a name whose length has been checked; no part of them can match a text in two ways.
const domainShape =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*|\[[a-f0-9:]+\])(?::\d+)?$/i;
const pathPartShape = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const tagShape = /^\w[\w.-]{0,127}$/;
const digestShape = /^[a-z][a-z0-9]*(?:[-_+.][a-z][a-z0-9]*)*:[0-9a-f]{32,}$/i;

/**
 * Reads docker's short names: `busybox`, `me/app:1`, `localhost:5000/x@sha256:…` (distribution/reference
 * `ParseNormalizedNamed`).
 * @throws KindError 'invalid argument' in docker's words
 */
export function parseDockerReference(text: string): DockerReference {
  if (text === '' || text.length > maxLength) throw invalid();
  if (/^[a-f0-9]{64}$/.test(text)) {
    throw new KindError(
      'invalid argument',
      `invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`,
    );
  }
  const { domain, rest } = splitDomain(text);
  const upToTag = /^[^:]*/.exec(rest)?.[0] ?? '';
  if (upToTag.toLowerCase() !== upToTag) throw invalid(`repository name (${upToTag}) must be lowercase`);

  const at = rest.indexOf('@');
  const named = at < 0 ? rest : rest.slice(0, at);
  const colon = named.indexOf(':');
  const path = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const digest = at < 0 ? undefined : rest.slice(at + 1);

  const wellFormed =
    path.split('/').every((part) => pathPartShape.test(part)) &&
    domainShape.test(domain) &&
    (tag === undefined || tagShape.test(tag)) &&
    (digest === undefined || digestShape.test(digest));
  if (!wellFormed) throw invalid();
  if (domain.length + 1 + path.length > maxNameLength) {
    throw new KindError(
      'invalid argument',
      `repository name must not be more than ${maxNameLength} characters`,
    );
  }
  return {
    domain,
    path,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest: parseDigest(digest) }),
  };
}

/**
 * The full name that containerd stores for docker's short one: `busybox` is `docker.io/library/busybox:latest`. Of a name
 * with tag and digest the tag is dropped (distribution/reference `ParseDockerRef`).
 * @throws KindError 'invalid argument' in docker's words
 */
export function normalizeDockerReference(text: string): string {
  const { domain, path, tag, digest } = parseDockerReference(text);
  return `${domain}/${path}${digest === undefined ? `:${tag ?? 'latest'}` : `@${digest}`}`;
}

/** The name as docker shows it: without docker.io and library/ (distribution/reference `FamiliarName`). */
export function familiarName({ domain, path }: DockerReference): string {
  if (domain !== defaultDomain) return `${domain}/${path}`;
  return /^library\/[^/]+$/.test(path) ? path.slice('library/'.length) : path;
}

function invalid(why?: string): KindError {
  return new KindError('invalid argument', ['invalid reference format', why].filter(Boolean).join(': '));
}

function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(slash, 0));
  const isDomain =
    slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  const domain = !isDomain || first === 'index.docker.io' ? defaultDomain : first;
  const rest = isDomain ? text.slice(slash + 1) : text;
  return { domain, rest: domain === defaultDomain && !rest.includes('/') ? `library/${rest}` : rest };
}

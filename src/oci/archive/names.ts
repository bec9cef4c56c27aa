import { digestAlgorithm, digestHex, parseDigest, type Digest } from '../digest.js';
import { parseDockerReference, familiarName } from '../docker-reference.js';
import { KindError, prefixed } from '../errors.js';
import { parseReference } from '../reference.js';

/** Members of an archive that say what the others are. */
export const members = {
  layout: 'oci-layout',
  index: 'index.json',
  dockerManifest: 'manifest.json',
} as const;

/** Annotations by which a descriptor in an archive's index names its image: in full, and by its tag alone. */
export const nameAnnotations = {
  full: 'io.containerd.image.name',
  tag: 'org.opencontainers.image.ref.name',
} as const;

const maxName = 4096;

/** Where a blob stands in an archive, `blobs/sha256/…`. */
export function blobPath(digest: Digest): string {
  return `blobs/${digestAlgorithm(digest)}/${digestHex(digest)}`;
}

/** The digest that a member's name promises; undefined for any other name. */
export function digestOfPath(path: string): Digest | undefined {
  const [, algorithm, hex] = /^blobs\/([a-z0-9]+)\/([0-9a-f]+)$/.exec(path) ?? [];
  if (algorithm === undefined) return undefined;
  try {
    return parseDigest(`${algorithm}:${hex}`);
  } catch {
    return undefined; // no digest that containerd would store anything under
  }
}

/** A name's tag, as OCI wants it in an index; a name without one in full (containerd, archive `ociReferenceName`). */
export function tagAnnotation(name: string): string {
  try {
    const { object } = parseReference(name);
    return object !== '' && !object.startsWith('@') ? object : name;
  } catch {
    return name;
  }
}

/**
 * A name as docker shows it, with its tag: the RepoTags of manifest.json.
 * @throws KindError 'invalid argument' for a name that docker would not take
 */
export function repoTag(name: string): string {
  try {
    const reference = parseDockerReference(name);
    const { tag = reference.digest === undefined ? 'latest' : undefined, digest } = reference;
    return `${familiarName(reference)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  } catch (error) {
    throw prefixed(
      `unable to create manifests file: failed to parse ${JSON.stringify(name)}`,
      error instanceof KindError
        ? new KindError(error.kind, error.message, { hint: '--skip-manifest-json leaves that file out' })
        : error,
    );
  }
}

/** How an import names images that an archive names by a tag only. */
export interface NamePrefix {
  readonly prefix: string;
  /** Take of full names only those below the prefix. */
  readonly only: boolean;
}

/**
 * The name that an import gives the image of a descriptor: the full one of its annotations, or its tag behind the
 * prefix; empty for none (containerd, archive `AddRefPrefix` and `FilterRefPrefix`).
 * @throws KindError 'invalid argument' for a name that could deceive a reader
 */
export function importedName(annotations: ReadonlyMap<string, string>, { prefix, only }: NamePrefix): string {
  const full = annotations.get(nameAnnotations.full) ?? '';
  if (full !== '') return checkedName(full);
  const tag = annotations.get(nameAnnotations.tag) ?? '';
  if (tag === '') return '';
  if (!/[/:@]/.test(tag)) return checkedName(`${prefix}:${tag}`);
  return only && !isBelow(tag, prefix) ? '' : checkedName(tag);
}

function isBelow(name: string, prefix: string): boolean {
  return (
    name.startsWith(prefix) && (name.length === prefix.length || '/:@'.includes(name.charAt(prefix.length)))
  );
}

/** containerd stores any text as a name; one with control characters would show as two images, or none. */
function checkedName(name: string): string {
  if (Buffer.byteLength(name) > maxName) {
    throw new KindError(
      'invalid argument',
      `the archive names an image with ${name.length} characters: ${name.slice(0, 40)}…`,
    );
  }
  if (/[\p{Cc}\p{Cf}\s]/u.test(name)) {
    throw new KindError(
      'invalid argument',
      `the archive names an image ${JSON.stringify(name)}, which is no name`,
    );
  }
  return name;
}

/** A member's name without `.`, `..` and doubled slashes; undefined for one that leads out of the archive. */
export function cleanMember(name: string): string | undefined {
  if (name.startsWith('/')) return undefined;
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

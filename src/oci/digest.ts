import { KindError } from './errors.js';

declare const brand: unique symbol;

/** A content digest that has passed {@link parseDigest}: safe in a URL path, a label and an ingest ref. */
export type Digest = string & { readonly [brand]: 'Digest' };

const hexLength: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
const shape = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[\w=-]+$/i;

/**
 * Validates a digest, as go-digest does (opencontainers/go-digest, `Digest.Validate`).
 * @throws KindError 'invalid argument' with go-digest's wording.
 */
export function parseDigest(text: string): Digest {
  const colon = text.indexOf(':');
  if (colon <= 0 || colon + 1 === text.length || text.length > 256 || !shape.test(text)) {
    throw new KindError('invalid argument', 'invalid checksum digest format');
  }
  const hex = text.slice(colon + 1);
  const wanted = hexLength[text.slice(0, colon)];
  if (wanted === undefined) throw new KindError('invalid argument', 'unsupported digest algorithm');
  if (hex.length !== wanted) throw new KindError('invalid argument', 'invalid checksum digest length');
  if (!/^[0-9a-f]+$/.test(hex)) throw new KindError('invalid argument', 'invalid checksum digest format');
  return text as Digest;
}

/** The digest's algorithm, `sha256` of `sha256:…`; node:crypto knows it under the same name. */
export function digestAlgorithm(digest: Digest): string {
  return digest.slice(0, digest.indexOf(':'));
}

/** The digest's hex part. */
export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

import { KindError } from './errors.js';
import { decodeJson, type JsonMap } from './json-decode.js';
import { member, optionalString, refuseOtherSpellings, requireObject } from './json-fields.js';

const keys = [
  'schemaVersion',
  'mediaType',
  'config',
  'layers',
  'manifests',
  'fsLayers',
  'annotations',
  'subject',
];

/** What a manifest or an index is decoded from. */
export interface ImageDocument {
  readonly content: Uint8Array;
  /** As the descriptor, or the registry's Content-Type, says it. */
  readonly mediaType: string;
}

/**
 * Decodes what manifests and indexes have in common, and refuses a document that another program could read as the other
 * of the two (CVE-2021-41190): one with the other's members, or with a media type of its own that differs.
 * @param forbidden the members that only the other kind has
 * @throws KindError 'invalid argument'
 */
export function decodeImageDocument(document: ImageDocument, forbidden: readonly string[]): JsonMap {
  const object = requireObject(decodeJson(document.content), 'image document');
  refuseOtherSpellings(object, keys);
  if (member(object, 'schemaVersion') !== 2n) throw invalid('schemaVersion is not 2');
  for (const key of [...forbidden, 'fsLayers']) {
    if (member(object, key) !== undefined) throw invalid(`unexpected "${key}" in a ${document.mediaType}`);
  }
  const own = optionalString(object, 'mediaType') ?? '';
  const outer = document.mediaType.replace(/;.*$/s, '').trim();
  if (own !== '' && own !== outer) throw invalid(`document says to be ${JSON.stringify(own)}, not ${outer}`);
  return object;
}

function invalid(message: string): KindError {
  return new KindError('invalid argument', message);
}

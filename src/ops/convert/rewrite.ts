import type { Descriptor } from '../../oci/descriptor.js';
import { decodeJson, type Json, type JsonMap } from '../../oci/json-decode.js';
import { optionalArray, requireObject } from '../../oci/json-fields.js';
import { formatJson, type JsonObject, type JsonValue } from '../../output/json.js';

/** A manifest or index that is being changed: its members as they were read. */
export type OpenDocument = Map<string, Json>;

const manifestFields = [
  'schemaVersion',
  'mediaType',
  'artifactType',
  'config',
  'layers',
  'manifests',
  'subject',
  'annotations',
];
const descriptorFields = [
  'mediaType',
  'digest',
  'size',
  'urls',
  'annotations',
  'data',
  'platform',
  'artifactType',
];
const platformFields = ['architecture', 'os', 'os.version', 'os.features', 'variant'];

/** Members that Go writes also where they are empty. */
const always: ReadonlySet<string> = new Set([
  'schemaVersion',
  'config',
  'mediaType',
  'digest',
  'size',
  'architecture',
  'os',
]);

/** Reads a manifest or index so that it can be changed. */
export function openDocument(content: Uint8Array): OpenDocument {
  return new Map(requireObject(decodeJson(content), 'image document'));
}

/** The document's descriptors under `layers` or `manifests`. */
export function listOf(document: OpenDocument, key: 'layers' | 'manifests'): readonly JsonMap[] {
  return optionalArray(document, key).map((item) => requireObject(item, key));
}

/** A descriptor as it stands in a document, with what of it has changed. */
export function replaced(before: JsonMap, { mediaType, digest, size, annotations }: Descriptor): JsonMap {
  const after = new Map<string, Json>([
    ...before,
    ['mediaType', mediaType],
    ['digest', digest],
    ['size', size],
  ]);
  if (annotations.size === 0) after.delete('annotations');
  return after;
}

/**
 * The document as ctr's converter writes it, with the members that image-spec's Go types know, in their order
 * (image-spec 1.1; others are dropped).
 */
export function closeDocument(document: OpenDocument, list: 'layers' | 'manifests'): Uint8Array {
  const fields = manifestFields.filter((field) => field !== (list === 'layers' ? 'manifests' : 'layers'));
  const object = pick(document, fields, (key, value) => {
    if (key === 'config' || key === 'subject') return descriptor(value);
    return key === list && Array.isArray(value) ? (value as readonly Json[]).map(descriptor) : value;
  });
  return Buffer.from(formatJson({ ...object, ...(object[list] === undefined && { [list]: null }) }));
}

function descriptor(value: Json): JsonObject {
  return pick(requireObject(value, 'descriptor'), descriptorFields, (key, member) =>
    key === 'platform' ? pick(requireObject(member, key), platformFields, (_, part) => part) : member,
  );
}

function pick(
  object: JsonMap,
  fields: readonly string[],
  write: (key: string, value: Json) => JsonValue,
): JsonObject {
  const kept = fields.flatMap((key): [string, JsonValue][] => {
    const value = object.get(key);
    if (value === undefined || value === null || (isEmpty(value) && !always.has(key))) return [];
    return [[key, write(key, value)]];
  });
  return Object.fromEntries(kept);
}

function isEmpty(value: Json): boolean {
  return (
    value === '' || (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0)
  );
}

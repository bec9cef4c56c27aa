import type { Descriptor, Platform } from './descriptor.js';
import { parseDigest } from './digest.js';
import { KindError } from './errors.js';
import type { Json, JsonMap } from './json-decode.js';
import {
  member,
  optionalArray,
  optionalObject,
  optionalString,
  optionalStringMap,
  optionalStrings,
  refuseOtherSpellings,
  requireObject,
} from './json-fields.js';

/** Most descriptors that one document may hold. */
export const maxDescriptors = 10_000;

const maxSize = 2n ** 63n - 1n;
const keys = ['mediaType', 'digest', 'size', 'urls', 'annotations', 'platform'];

/**
 * Decodes a descriptor; its digest is validated, and its size must fit containerd's int64.
 * @throws KindError 'invalid argument'
 */
export function decodeDescriptor(value: Json | undefined, what: string): Descriptor {
  const object = requireObject(value, what);
  refuseOtherSpellings(object, keys);
  const digest = parseDigest(optionalString(object, 'digest') ?? '');
  const size = member(object, 'size');
  if (typeof size !== 'bigint' || size < 0n || size > maxSize) {
    throw new KindError('invalid argument', `${what}: size is not an integer from 0 to ${maxSize}`);
  }
  const platform = optionalObject(object, 'platform');
  const urls = optionalStrings(object, 'urls');
  return {
    mediaType: optionalString(object, 'mediaType') ?? '',
    digest,
    size,
    annotations: optionalStringMap(object, 'annotations'),
    ...(platform && { platform: decodePlatform(platform) }),
    ...(urls.length > 0 && { urls }),
  };
}

/**
 * Decodes a list of descriptors, at most 10,000.
 * @throws KindError 'invalid argument', 'resource exhausted'
 */
export function decodeDescriptors(object: JsonMap, key: string): readonly Descriptor[] {
  const list = optionalArray(object, key);
  if (list.length > maxDescriptors) {
    throw new KindError('resource exhausted', `${key}: too many descriptors (limit ${maxDescriptors})`);
  }
  return list.map((item, i) => decodeDescriptor(item, `${key}[${i}]`));
}

/** Decodes a platform's fields, as they stand in a descriptor and in an image's config. */
export function decodePlatform(object: JsonMap): Platform {
  const variant = optionalString(object, 'variant') ?? '';
  const osVersion = optionalString(object, 'os.version') ?? '';
  const osFeatures = optionalStrings(object, 'os.features');
  return {
    os: optionalString(object, 'os') ?? '',
    architecture: optionalString(object, 'architecture') ?? '',
    ...(variant !== '' && { variant }),
    ...(osVersion !== '' && { osVersion }),
    ...(osFeatures.length > 0 && { osFeatures }),
  };
}

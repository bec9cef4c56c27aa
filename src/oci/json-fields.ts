import { KindError } from './errors.js';
import type { Json, JsonMap } from './json-decode.js';

/** The object that a document must be. @throws KindError 'invalid argument' */
export function requireObject(value: Json | undefined, what: string): JsonMap {
  if (value instanceof Map) return value as JsonMap;
  throw wrongType(what, 'an object');
}

/** An object's member; like Go's decoder, null counts as absent. */
export function member(object: JsonMap, key: string): Json | undefined {
  return object.get(key) ?? undefined;
}

/** A text, or undefined if absent. @throws KindError 'invalid argument' */
export function optionalString(object: JsonMap, key: string): string | undefined {
  const value = member(object, key);
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(key, 'a string');
}

/** A truth value, false if absent. @throws KindError 'invalid argument' */
export function optionalBoolean(object: JsonMap, key: string): boolean {
  const value = member(object, key) ?? false;
  if (typeof value === 'boolean') return value;
  throw wrongType(key, 'a boolean');
}

/** An array, empty if absent. @throws KindError 'invalid argument' */
export function optionalArray(object: JsonMap, key: string): readonly Json[] {
  const value = member(object, key) ?? [];
  if (Array.isArray(value)) return value as readonly Json[];
  throw wrongType(key, 'an array');
}

/** An array of texts, empty if absent. @throws KindError 'invalid argument' */
export function optionalStrings(object: JsonMap, key: string): readonly string[] {
  return optionalArray(object, key).map((value) => {
    if (typeof value === 'string') return value;
    throw wrongType(key, 'an array of strings');
  });
}

/** An object of texts as a Map, empty if absent. @throws KindError 'invalid argument' */
export function optionalStringMap(object: JsonMap, key: string): ReadonlyMap<string, string> {
  const strings = new Map<string, string>();
  for (const [name, value] of optionalObject(object, key) ?? []) {
    if (typeof value !== 'string') throw wrongType(key, 'an object of strings');
    strings.set(name, value);
  }
  return strings;
}

/** An object, or undefined if absent. @throws KindError 'invalid argument' */
export function optionalObject(object: JsonMap, key: string): JsonMap | undefined {
  const value = member(object, key);
  return value === undefined ? undefined : requireObject(value, key);
}

/**
 * Refuses a key that the daemon, whose decoder ignores case, would take for one of these where tctr would not.
 * @throws KindError 'invalid argument'
 */
export function refuseOtherSpellings(object: JsonMap, keys: readonly string[]): void {
  for (const key of object.keys()) {
    const meant = keys.find((known) => known !== key && known.toLowerCase() === key.toLowerCase());
    if (meant !== undefined) {
      throw new KindError('invalid argument', `ambiguous key ${JSON.stringify(key)}: expected "${meant}"`);
    }
  }
}

function wrongType(what: string, wanted: string): KindError {
  return new KindError('invalid argument', `${what} is not ${wanted}`);
}

import { KindError } from '../errors.js';
import type { Spec } from './types.js';

/** Parses `--annotation` values; the last of equal keys counts. @throws KindError 'invalid argument' with ctr's text */
export function parseAnnotations(values: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    values.map((value) => {
      const equals = value.indexOf('=');
      if (equals === -1) {
        throw new KindError('invalid argument', `invalid key=value format annotation: ${value}`);
      }
      return [value.slice(0, equals), value.slice(equals + 1)];
    }),
  );
}

/** Adds annotations to those that are there. */
export function withAnnotations<S extends Spec>(spec: S, annotations: ReadonlyMap<string, string>): S {
  return { ...spec, annotations: new Map([...(spec.annotations ?? []), ...annotations]) };
}

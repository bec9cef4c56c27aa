import { KindError } from '../../oci/errors.js';

/** The values of `--filter key=value`, by key: those of one key are alternatives, keys must all fit. */
export type Filters = ReadonlyMap<string, readonly string[]>;

/** Reads --filter values. @throws KindError 'invalid argument' in docker's words, for a key that is not known too */
export function readFilters(given: readonly string[], known: readonly string[]): Filters {
  const filters = new Map<string, string[]>();
  for (const text of given) {
    const equals = text.indexOf('=');
    if (equals < 1)
      throw new KindError('invalid argument', 'invalid argument: bad format of filter (expected name=value)');
    const key = text.slice(0, equals).trim();
    if (!known.includes(key)) {
      throw new KindError('invalid argument', `invalid filter '${key}'`, {
        hint: `known: ${known.join(', ')}`,
      });
    }
    filters.set(key, [...(filters.get(key) ?? []), text.slice(equals + 1).trim()]);
  }
  return filters;
}

/** Whether one of a key's values fits; a key that was not given fits always. */
export function fits(filters: Filters, key: string, test: (value: string) => boolean): boolean {
  return filters.get(key)?.some(test) ?? true;
}

/** Whether labels have `key` or `key=value`. */
export function hasLabel(labels: ReadonlyMap<string, string>, wanted: string): boolean {
  const equals = wanted.indexOf('=');
  return equals < 0 ? labels.has(wanted) : labels.get(wanted.slice(0, equals)) === wanted.slice(equals + 1);
}

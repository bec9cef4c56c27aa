/** Applies an update's field masks to a map such as `labels`: the whole map, or the keys named; empty removes. */
export function maskedMap<T>(
  former: ReadonlyMap<string, T>,
  given: ReadonlyMap<string, T>,
  field: string,
  mask: readonly string[],
  isEmpty: (value: T | undefined) => boolean,
): ReadonlyMap<string, T> {
  if (mask.length === 0 || mask.includes(field)) return given;
  const result = new Map(former);
  for (const path of mask) {
    if (!path.startsWith(`${field}.`)) continue;
    const key = path.slice(field.length + 1);
    const value = given.get(key);
    if (value === undefined || isEmpty(value)) result.delete(key);
    else result.set(key, value);
  }
  return result;
}

/** {@link maskedMap} of labels. */
export function maskedLabels(
  former: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string>,
  mask: readonly string[],
): ReadonlyMap<string, string> {
  return maskedMap(former, given, 'labels', mask, (value) => value === '');
}

import { KindError } from '../errors.js';
import type { Fields, GoType, Scalar, Value } from './go-struct.js';

/** What a value is made from: parsed JSON, or a value of the same Go type. */
type Source = unknown;

const ranges: ReadonlyMap<GoType, readonly [bigint, bigint]> = new Map([
  ['uint16', [0n, 0xffffn]],
  ['int32', [-(2n ** 31n), 2n ** 31n - 1n]],
  ['uint32', [0n, 0xffff_ffffn]],
  ['int', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['int64', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['uint', [0n, 2n ** 64n - 1n]],
  ['uint64', [0n, 2n ** 64n - 1n]],
] as const);

/**
 * Brings a value into the shape that Go's encoding/json would write: structs in field order without what omitempty
 * leaves out and without unknown keys, null as Go's zero value, keys matched without regard to case.
 * @throws KindError 'invalid argument' where Go's Unmarshal would refuse the value
 */
export function goValue<T extends GoType>(type: T, source: Source, path = ''): Value<T> {
  return shape(type, source, path) as Value<T>;
}

function shape(type: GoType, source: Source, path: string): unknown {
  if (typeof type === 'string') return scalar(type, source, path);
  switch (type.kind) {
    case 'list':
      // ctr: a nil slice without omitempty is null (`ctr oci spec --platform windows/amd64`: layerFolders)
      if (isAbsent(source)) return null;
      if (!Array.isArray(source)) throw mismatch(source, 'list', path);
      return source.map((item: Source) => shape(type.of, item, path));
    case 'dict': {
      const entries = [...entriesOf(source, path)];
      return new Map(entries.map(([key, item]) => [key, shape(type.of, item, `${path}.${key}`)]));
    }
    case 'struct':
      return structValue(type.fields, source, path);
  }
}

function structValue(fields: Fields, source: Source, path: string): object {
  const given = new Map<string, Source>();
  for (const [key, item] of entriesOf(source, path)) {
    const name = Object.hasOwn(fields, key) ? key : nameOf(fields, key);
    // Go's Unmarshal leaves a field as it is when null comes for it.
    if (name !== undefined && !isAbsent(item)) given.set(name, item);
  }
  const result: Record<string, unknown> = {};
  for (const [name, { type, presence }] of Object.entries(fields)) {
    if (presence === 'set' && !given.has(name)) continue;
    const value = shape(type, given.get(name), path === '' ? name : `${path}.${name}`);
    if (presence !== 'nonzero' || !isZero(value)) result[name] = value;
  }
  return result;
}

function nameOf(fields: Fields, key: string): string | undefined {
  const folded = key.toLowerCase();
  return Object.keys(fields).find((name) => name.toLowerCase() === folded);
}

function scalar(type: Scalar, source: Source, path: string): unknown {
  if (type === 'any') return source;
  if (type === 'string' || type === 'bool') {
    if (isAbsent(source)) return type === 'string' ? '' : false;
    if (typeof source === (type === 'string' ? 'string' : 'boolean')) return source;
    throw mismatch(source, type, path);
  }
  const [least, most] = ranges.get(type) ?? [0n, 0n];
  const whole = isAbsent(source) ? 0n : wholeNumber(source);
  if (whole === undefined || whole < least || whole > most) throw mismatch(source, type, path);
  return type === 'uint16' || type === 'int32' || type === 'uint32' ? Number(whole) : whole;
}

function wholeNumber(source: Source): bigint | undefined {
  if (typeof source === 'bigint') return source;
  return typeof source === 'number' && Number.isSafeInteger(source) ? BigInt(source) : undefined;
}

function entriesOf(source: Source, path: string): Iterable<[string, Source]> {
  if (isAbsent(source)) return [];
  if (source instanceof Map) return source as Map<string, Source>;
  if (typeof source === 'object' && !Array.isArray(source)) return Object.entries(source);
  throw mismatch(source, 'object', path);
}

function isAbsent(source: Source): source is null | undefined {
  return source === undefined || source === null;
}

function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return !value;
}

function mismatch(source: Source, wanted: string, path: string): KindError {
  const found =
    typeof source === 'number' || typeof source === 'bigint' ? `number ${source}` : jsonKind(source);
  const where = path === '' ? 'value' : `field ${path}`;
  return new KindError(
    'invalid argument',
    `json: cannot unmarshal ${found} into Go ${where} of type ${wanted}`,
  );
}

function jsonKind(source: Source): string {
  if (Array.isArray(source)) return 'array';
  return typeof source === 'boolean' ? 'bool' : typeof source;
}

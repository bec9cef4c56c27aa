import { compareBytes } from '../byte-order.js';

/**
 * What a template reads. Of an object only its own members are seen; one that is a function is a method, called with the
 * arguments that follow it. What has keys from outside is a Map.
 */
export type TemplateValue =
  | null
  | undefined
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly TemplateValue[]
  | ReadonlyMap<string, TemplateValue>
  | TemplateObject
  | TemplateMethod;

/** An object with fixed members. */
export interface TemplateObject {
  readonly [name: string]: TemplateValue;
}

/** A member that takes arguments, as docker's `{{.Label "key"}}`. */
export type TemplateMethod = (...values: TemplateValue[]) => TemplateValue;

/** Whether `if` takes it for true: what is zero, empty or not there is false. */
export function isTrue(value: TemplateValue): boolean {
  if (isList(value)) return value.length > 0;
  if (isMap(value)) return value.size > 0;
  return Boolean(value);
}

/** A type guard for arrays. */
export function isList(value: TemplateValue): value is readonly TemplateValue[] {
  return Array.isArray(value);
}

/** A type guard for Maps. */
export function isMap(value: TemplateValue): value is ReadonlyMap<string, TemplateValue> {
  return value instanceof Map;
}

/** A type guard for objects that are neither arrays nor Maps. */
export function isObject(value: TemplateValue): value is TemplateObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isList(value) &&
    !isMap(value) &&
    !(value instanceof Uint8Array)
  );
}

/** A Map's entries in the order that Go prints and ranges over them. */
export function sortedEntries(map: ReadonlyMap<string, TemplateValue>): [string, TemplateValue][] {
  return [...map].sort(([a], [b]) => compareBytes(a, b));
}

/** Prints a value as Go's `%v` does: `[a b]`, `map[a:1]`, `<no value>`. */
export function printValue(value: TemplateValue): string {
  if (value === undefined || value === null) return '<no value>';
  if (isList(value)) return `[${value.map(printValue).join(' ')}]`;
  if (value instanceof Uint8Array) return `[${value.join(' ')}]`;
  if (isMap(value))
    return `map[${sortedEntries(value)
      .map(([key, item]) => `${key}:${printValue(item)}`)
      .join(' ')}]`;
  if (isObject(value)) return `{${Object.values(value).map(printValue).join(' ')}}`;
  if (typeof value === 'function') return '<func>';
  return String(value);
}

/** What Go would call its type, for errors. */
export function typeName(value: TemplateValue): string {
  if (value === undefined || value === null) return 'nil';
  if (isList(value)) return 'slice';
  if (isMap(value)) return 'map';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  return typeof value === 'string' ? 'string' : 'struct';
}

import { compareBytes } from './byte-order.js';

/** What can be written as JSON. A Map is written as a Go map, its keys in byte order; an object keeps its keys' order. */
export type JsonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly JsonValue[]
  | ReadonlyMap<string, JsonValue>
  | JsonObject;

/** An object with fixed keys; what is undefined is left out. Entries named by outside text belong into a Map. */
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** How {@link formatJson} writes. */
export interface JsonOptions {
  /** Blanks for each level; 0 writes everything on one line. ctr uses 4, and 2 in task metrics. */
  readonly indent?: number;
  /** Also escapes what could deceive a terminal's reader: DEL, C1 and bidi controls. Go lets them stand. */
  readonly terminalSafe?: boolean;
  /** Whether `<`, `>` and `&` are escaped, true unless given; docker's --format json does not. */
  readonly escapeHtml?: boolean;
}

/**
 * Writes JSON byte for byte as Go's encoding/json does (1.22 and later), with MarshalIndent's layout if indent is given.
 * @throws RangeError for a number that JSON has no word for
 */
export function formatJson(value: JsonValue, options: JsonOptions = {}): string {
  const { indent = 0, terminalSafe = false, escapeHtml = true } = options;
  const step = ' '.repeat(indent);
  const characters = terminalSafe ? escapedSafe : escaped;
  const quote = (text: string) =>
    `"${text.replace(characters, (unit) => (escapeHtml || !html.has(unit) ? escapeUnit(unit) : unit))}"`;

  const wrap = (parts: readonly string[], ends: string, margin: string): string => {
    const [open, close] = ends;
    if (parts.length === 0) return `${open}${close}`;
    if (indent === 0) return `${open}${parts.join(',')}${close}`;
    const inner = `\n${margin}${step}`;
    return `${open}${inner}${parts.join(`,${inner}`)}\n${margin}${close}`;
  };

  const write = (item: JsonValue, margin: string): string => {
    if (typeof item === 'string') return quote(item);
    if (typeof item === 'number') return formatNumber(item);
    if (item === null || typeof item !== 'object') return String(item);
    const inner = margin + step;
    if (isList(item)) {
      const parts = item.map((part) => write(part, inner));
      return wrap(parts, '[]', margin);
    }
    if (item instanceof Uint8Array) return `"${Buffer.from(item).toString('base64')}"`;
    const colon = indent === 0 ? ':' : ': ';
    const parts: string[] = [];
    for (const [key, part] of entriesOf(item)) {
      if (part !== undefined) parts.push(quote(key) + colon + write(part, inner));
    }
    return wrap(parts, '{}', margin);
  };
  return write(value, '');
}

function isList(item: object): item is readonly JsonValue[] {
  return Array.isArray(item);
}

function entriesOf(item: ReadonlyMap<string, JsonValue> | JsonObject): [string, JsonValue | undefined][] {
  return item instanceof Map
    ? [...(item as ReadonlyMap<string, JsonValue>)].sort(([a], [b]) => compareBytes(a, b))
    : Object.entries(item as JsonObject);
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`json: unsupported value: ${value}`);
  return Object.is(value, -0) ? '-0' : String(value);
}

const escaped = /["\\<>&\u0000-\u001f\u2028\u2029\p{Cs}]/gu;
const escapedSafe = /["\\<>&\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const short: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

const html: ReadonlySet<string> = new Set('<>&');

function escapeUnit(unit: string): string {
  const code = unit.charCodeAt(0);
  const escapedCode = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code;
  return short.get(unit) ?? `\\u${escapedCode.toString(16).padStart(4, '0')}`;
}

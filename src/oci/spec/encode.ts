import { goValue } from './go-value.js';
import { process } from './structs/process.js';
import { spec } from './structs/spec.js';
import type { Process, Spec } from './types.js';

/** The JSON that Go's json.Marshal makes of a spec: compact, field order and omitempty of runtime-spec 1.2.1. */
export function encodeSpec(value: Spec): string {
  return write(goValue(spec, value));
}

/** The JSON that Go's json.Marshal makes of a process (the Any of an exec). */
export function encodeProcess(value: Process): string {
  return write(goValue(process, value));
}

function write(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (value instanceof Map) return writeObject([...(value as Map<string, unknown>)].sort(byKeyBytes));
  if (typeof value === 'object' && value !== null) return writeObject(Object.entries(value));
  return String(value);
}

function writeObject(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([key, item]) => `${quote(key)}:${write(item)}`).join(',')}}`;
}

function byKeyBytes([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** encoding/json escapes what HTML and JavaScript would trip over, and has no half surrogate pairs. */
function quote(text: string): string {
  return JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[<>&\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

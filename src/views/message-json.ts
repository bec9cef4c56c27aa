import type { JsonValue } from '../output/json.js';

/** A decoded protobuf message as encoding/json writes its Go struct: snake case, what is zero left out. */
export function messageJson(message: object): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(
    Object.entries(message)
      .filter(([, value]) => !isZero(value))
      .map(([name, value]) => [snakeCase(name), fieldJson(value)]),
  );
}

function fieldJson(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(fieldJson);
  if (value instanceof Map) {
    return new Map([...(value as Map<string, unknown>)].map(([key, item]) => [key, fieldJson(item)]));
  }
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value as JsonValue;
  return messageJson(value);
}

/** A message that is there is kept, however empty: Go has a pointer to it. */
function isZero(value: unknown): boolean {
  if (value instanceof Uint8Array || Array.isArray(value)) return value.length === 0;
  if (value instanceof Map) return value.size === 0;
  return !value;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

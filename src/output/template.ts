import type { JsonValue } from './json.js';
export function compileTemplate(_text: string): (value: JsonValue) => string {
  throw new Error('placeholder');
}

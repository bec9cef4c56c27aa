import { formatJson, type JsonValue } from '../json.js';
import { formatGo } from './printf.js';
import {
  isList,
  isMap,
  isTrue,
  printValue,
  typeName,
  type TemplateMethod,
  type TemplateValue,
} from './value.js';

/** Functions by the name that a template calls them. They throw an Error to say what is wrong with their arguments. */
export type TemplateFunctions = ReadonlyMap<string, TemplateMethod>;

/** Go's own functions and those that docker adds. `and` and `or` are the evaluator's, which skips their later arguments. */
export const functions: TemplateFunctions = new Map<string, TemplateMethod>([
  ['json', (value) => formatJson((value ?? null) as JsonValue, { escapeHtml: false, terminalSafe: true })],
  ['upper', (value) => text(value).toUpperCase()],
  ['lower', (value) => text(value).toLowerCase()],
  ['title', (value) => text(value).replace(/(?<![\p{L}\p{N}'_])\p{L}/gu, (first) => first.toUpperCase())],
  ['split', (value, separator) => text(value).split(text(separator))],
  ['join', (value, separator) => list(value).map(printValue).join(text(separator))],
  ['truncate', (value, length) => text(value).slice(0, integer(length))],
  ['pad', (value, before, after) => padWith(text(value), integer(before), integer(after))],
  ['println', (...values) => `${values.map(printValue).join(' ')}\n`],
  ['print', (...values) => print(values)],
  ['printf', (format, ...values) => formatGo(text(format), values)],
  ['len', (value) => length(value)],
  ['index', (value, ...keys) => keys.reduce(indexOf, value)],
  ['slice', (value, from, to) => slice(value, from, to)],
  ['not', (value) => !isTrue(value)],
  ['eq', (first, ...others) => others.some((other) => compare(first, other) === 0)],
  ['ne', (a, b) => compare(a, b) !== 0],
  ['lt', (a, b) => order(a, b) < 0],
  ['le', (a, b) => order(a, b) <= 0],
  ['gt', (a, b) => order(a, b) > 0],
  ['ge', (a, b) => order(a, b) >= 0],
]);

const asIs: TemplateMethod = (value) => value;

/** The same for a table's header, whose columns' titles stand for the values (docker `formatter.HeaderFunctions`). */
export const headerFunctions: TemplateFunctions = new Map([
  ...functions,
  ...['json', 'title', 'lower', 'upper', 'truncate', 'pad'].map((name): [string, TemplateMethod] => [
    name,
    asIs,
  ]),
  ['split', (value) => [value]],
  ['join', (value) => (isList(value) ? value[0] : value)],
]);

const maxPadding = 1000;

function padWith(value: string, before: number, after: number): string {
  if (value === '') return value;
  const blanks = (count: number) => ' '.repeat(Math.min(Math.max(count, 0), maxPadding));
  return blanks(before) + value + blanks(after);
}

function text(value: TemplateValue): string {
  if (typeof value === 'string') return value;
  throw new Error(`wrong type for value; expected string; got ${typeName(value)}`);
}

function list(value: TemplateValue): readonly TemplateValue[] {
  if (isList(value)) return value;
  throw new Error(`wrong type for value; expected []string; got ${typeName(value)}`);
}

function integer(value: TemplateValue): number {
  const number = Number(typeof value === 'bigint' || typeof value === 'number' ? value : NaN);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`wrong type for value; expected int; got ${typeName(value)}`);
}

// Go puts a blank between two values unless one of them is a string.
function print(values: readonly TemplateValue[]): string {
  return values
    .map((value, i) => {
      const touches = i === 0 || typeof value === 'string' || typeof values[i - 1] === 'string';
      return (touches ? '' : ' ') + printValue(value);
    })
    .join('');
}

function length(value: TemplateValue): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (isList(value)) return value.length;
  if (isMap(value)) return value.size;
  throw new Error(`len of type ${typeName(value)}`);
}

function indexOf(value: TemplateValue, key: TemplateValue): TemplateValue {
  if (isMap(value)) return value.get(text(key));
  if (!isList(value)) throw new Error(`can't index item of type ${typeName(value)}`);
  const at = integer(key);
  if (at >= value.length) throw new Error(`index out of range: ${at}`);
  return value[at];
}

function slice(value: TemplateValue, from: TemplateValue, to: TemplateValue): TemplateValue {
  if (typeof value !== 'string' && !isList(value))
    throw new Error(`can't slice item of type ${typeName(value)}`);
  const start = from === undefined ? 0 : integer(from);
  const end = to === undefined ? value.length : integer(to);
  if (end > value.length || start > end) throw new Error(`index out of range: ${Math.max(start, end)}`);
  return value.slice(start, end);
}

function compare(a: TemplateValue, b: TemplateValue): number {
  if (a === undefined || a === null || b === undefined || b === null)
    return (a ?? null) === (b ?? null) ? 0 : 1;
  if (typeof a === 'boolean' && typeof b === 'boolean') return a === b ? 0 : 1;
  return order(a, b);
}

function order(a: TemplateValue, b: TemplateValue): number {
  const numeric = (value: TemplateValue) => typeof value === 'number' || typeof value === 'bigint';
  const comparable = (numeric(a) && numeric(b)) || (typeof a === 'string' && typeof b === 'string');
  if (!comparable) throw new Error('incompatible types for comparison');
  const [x, y] = [a, b] as [number, number];
  return x < y ? -1 : Number(x > y);
}

import { formatFixed, formatGeneral } from '../go-number.js';
import { quoteGo } from '../quote.js';
import { printValue, typeName, type TemplateValue } from './value.js';

const maxWidth = 1000;
const verb = /%(?:%|([-+# 0]*)((?:[1-9]\d*)?)(?:\.(\d*))?([a-z]))/gi;

/** Go's Sprintf for the verbs v s q d x X t f e g c, with width, precision and the flags `-`, `+` and `0`. */
export function formatGo(format: string, values: readonly TemplateValue[]): string {
  let used = 0;
  const text = format.replace(
    verb,
    (_, flags?: string, width?: string, precision?: string, letter?: string) => {
      if (letter === undefined) return '%';
      if (used >= values.length) return `%!${letter}(MISSING)`;
      const value = values[used++];
      const plain = formatVerb(letter, value, precision === undefined ? undefined : Number(precision || 0));
      if (plain === undefined) return `%!${letter}(${typeName(value)}=${printValue(value)})`;
      const signed = flags?.includes('+') && isNumber(value) && !plain.startsWith('-') ? `+${plain}` : plain;
      return padTo(signed, Math.min(Number(width ?? 0), maxWidth), flags ?? '', isNumber(value));
    },
  );
  if (used >= values.length) return text;
  const extra = values.slice(used).map((value) => `${typeName(value)}=${printValue(value)}`);
  return `${text}%!(EXTRA ${extra.join(', ')})`;
}

function formatVerb(letter: string, value: TemplateValue, precision: number | undefined): string | undefined {
  switch (letter) {
    case 'v':
      return printValue(value);
    case 's':
    case 'q': {
      if (isNumber(value) || typeof value === 'boolean') return undefined;
      const text = [...printValue(value)].slice(0, precision ?? Infinity).join('');
      return letter === 'q' ? quoteGo(text) : text;
    }
    case 'd':
      return isInteger(value) ? String(value) : undefined;
    case 'x':
    case 'X':
      return cased(letter, hexadecimal(value));
    case 't':
      return typeof value === 'boolean' ? String(value) : undefined;
    case 'f':
      return typeof value === 'number' ? formatFixed(value, Math.min(precision ?? 6, 50)) : undefined;
    case 'g':
      if (typeof value !== 'number') return undefined;
      return precision === undefined ? String(value) : formatGeneral(value, Math.min(precision || 1, 50));
    case 'c':
      return isInteger(value) && value >= 0 && value <= 0x10ffff
        ? String.fromCodePoint(Number(value))
        : undefined;
    default:
      return undefined;
  }
}

function hexadecimal(value: TemplateValue): string | undefined {
  if (isInteger(value)) return value.toString(16);
  return typeof value === 'string' ? Buffer.from(value).toString('hex') : undefined;
}

function cased(letter: string, text: string | undefined): string | undefined {
  return letter === 'X' ? text?.toUpperCase() : text;
}

function padTo(text: string, width: number, flags: string, numeric: boolean): string {
  const missing = Math.max(0, width - [...text].length);
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (!flags.includes('0') || !numeric) return ' '.repeat(missing) + text;
  const sign = /^[+-]?/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function isNumber(value: TemplateValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isInteger(value: TemplateValue): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

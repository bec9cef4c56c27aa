import { UsageError } from '../errors.js';
import { parseDuration } from '../../oci/duration.js';
import type { FlagSpec } from './flag-spec.js';

const truths = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const lies = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);
const integer =
  /^[+-]?(?:0x[0-9a-f](?:_?[0-9a-f])*|0b[01](?:_?[01])*|0o?[0-7](?:_?[0-7])*|[1-9](?:_?\d)*|0)$/i;
const float = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Checks a flag's value as Go's flag package does, and gives it in a form that JavaScript reads:
 * booleans as `true` and `false`, integers in decimal.
 * @param shown the flag as Go would name it: one dash and the spelling used.
 */
export function goValue(spec: FlagSpec, shown: string, text: string): string {
  switch (spec.kind) {
    case 'bool':
      if (truths.has(text)) return 'true';
      if (lies.has(text)) return 'false';
      throw new UsageError(`invalid boolean value ${JSON.stringify(text)} for ${shown}: parse error`);
    case 'int':
    case 'uint':
      return goInteger(spec.kind, shown, text);
    case 'ints':
      if (!/^[+-]?\d+$/.test(text)) {
        throw invalid(shown, text, `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
      }
      return text;
    case 'float':
      if (!float.test(text)) throw invalid(shown, text, 'parse error');
      return text;
    case 'duration':
      if (!isDuration(text)) throw invalid(shown, text, 'parse error');
      return text;
    case 'string':
    case 'strings':
      return text;
  }
}

function isDuration(text: string): boolean {
  try {
    parseDuration(text);
    return true;
  } catch {
    return false; // the one reason to throw is that it is none
  }
}

/** Reads an integer with Go's base prefixes; 64 bits, signed for `int`, unsigned for `uint`. */
function goInteger(kind: 'int' | 'uint', shown: string, text: string): string {
  if (!integer.test(text) || (kind === 'uint' && /^[+-]/.test(text)))
    throw invalid(shown, text, 'parse error');
  const negative = text.startsWith('-');
  let digits = text.replace(/^[+-]/, '').replaceAll('_', '');
  if (/^0[0-7]+$/.test(digits)) digits = `0o${digits.slice(1)}`;
  const value = negative ? -BigInt(digits) : BigInt(digits);
  const fits = kind === 'uint' ? BigInt.asUintN(64, value) === value : BigInt.asIntN(64, value) === value;
  if (!fits) throw invalid(shown, text, 'value out of range');
  return value.toString();
}

function invalid(shown: string, text: string, why: string): UsageError {
  return new UsageError(`invalid value ${JSON.stringify(text)} for flag ${shown}: ${why}`);
}

import { KindError } from '../errors.js';

/** How {@link parseUint} reads. */
export interface UintFormat {
  readonly bits: 32 | 64;
  /** Go's base 0: `0x`, `0o`, `0b`, a leading 0 for octal, and underscores between digits. */
  readonly prefixes?: boolean;
}

const decimal = /^\d+$/;
const prefixed = /^(?:0x(?:_?[\da-f])+|0o(?:_?[0-7])+|0b(?:_?[01])+|0(?:_?[0-7])*|[1-9](?:_?\d)*)$/i;

/** Go's strconv.ParseUint. @throws KindError 'invalid argument' or 'out of range' with its text */
export function parseUint(text: string, { bits, prefixes = false }: UintFormat): bigint {
  const fail = (kind: 'invalid argument' | 'out of range', reason: string): KindError =>
    new KindError(kind, `strconv.ParseUint: parsing ${JSON.stringify(text)}: ${reason}`);
  if (!(prefixes ? prefixed : decimal).test(text)) throw fail('invalid argument', 'invalid syntax');
  const digits = text.replaceAll('_', '');
  const value = BigInt(prefixes && /^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (value >> BigInt(bits) !== 0n) throw fail('out of range', 'value out of range');
  return value;
}

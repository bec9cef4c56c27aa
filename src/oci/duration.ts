import { KindError } from './errors.js';

const nanosecondsIn: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
]);
const longest = 2n ** 63n - 1n;

/** A text that is no Go duration; the message is that of time.ParseDuration, such as `time: invalid duration "x"`. */
export class DurationError extends KindError {
  constructor(message: string) {
    super('invalid argument', message);
  }
}

/**
 * Reads a Go duration (`1h30m`, `-1.5s`, `.5ms`) into nanoseconds, with time.ParseDuration's grammar.
 * @throws DurationError
 */
export function parseDuration(text: string): bigint {
  const invalid = (why = 'invalid duration') => new DurationError(`time: ${why} ${JSON.stringify(text)}`);
  const negative = text.startsWith('-');
  let rest = /^[+-]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0n;
  if (rest === '') throw invalid();
  let total = 0n;
  while (rest !== '') {
    const [, whole = '', point = '', decimals = ''] = /^(\d*)(\.?)(\d*)/.exec(rest) ?? [];
    if (whole === '' && decimals === '') throw invalid();
    rest = rest.slice(whole.length + point.length + decimals.length);
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? '';
    if (unit === '') throw invalid('missing unit in duration');
    const size = nanosecondsIn.get(unit);
    if (size === undefined) throw invalid(`unknown unit ${JSON.stringify(unit)} in duration`);
    rest = rest.slice(unit.length);
    // No unit has more than 13 digits of nanoseconds, so that decimals after the 20th weigh nothing.
    if (whole.replace(/^0+/, '').length > 19) throw invalid();
    const kept = decimals.slice(0, 20);
    total += BigInt(whole || 0) * size + (BigInt(kept || 0) * size) / 10n ** BigInt(kept.length);
    if (total > longest + (negative ? 1n : 0n)) throw invalid();
  }
  return negative ? -total : total;
}

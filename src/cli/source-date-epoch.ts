import type { Timestamp } from '../output/time.js';
import type { Session } from './session.js';

/** Reads SOURCE_DATE_EPOCH, seconds since 1970; a value that cannot be read is warned of and left alone, as ctr does. */
export function sourceDateEpoch({ env, log }: Session): Timestamp | undefined {
  const text = env['SOURCE_DATE_EPOCH'];
  if (text === undefined || text === '') return undefined;
  if (/^[+-]?\d+$/.test(text)) {
    const seconds = BigInt(text.replace(/^\+/, ''));
    if (BigInt.asIntN(64, seconds) === seconds) return { seconds, nanos: 0 };
  }
  const why = /^[+-]?\d+$/.test(text) ? 'value out of range' : 'invalid syntax';
  const parsing = `strconv.ParseInt: parsing ${JSON.stringify(text)}: ${why}`;
  log.warning('Failed to read SOURCE_DATE_EPOCH', {
    error: `invalid SOURCE_DATE_EPOCH value: invalid value: ${parsing}`,
  });
  return undefined;
}

import { formatRfc3339Nano, type Timestamp } from '../output/time.js';

/** A time in a list's JSON; the empty text for none. */
export function timeField(time: Timestamp | undefined): string {
  return time ? formatRfc3339Nano(time) : '';
}

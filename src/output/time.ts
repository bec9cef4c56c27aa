import { formatHumanDuration } from './units.js';

/** A point in time as protobuf's Timestamp has it: seconds since 1970, and 0 to 999,999,999 nanoseconds more. */
export interface Timestamp {
  readonly seconds: bigint;
  readonly nanos: number;
}

const secondsPerCycle = 146_097n * 86_400n;

/** The timestamp of a Date, or of milliseconds since 1970. */
export function timestampOf(date: Date | number): Timestamp {
  const milliseconds = Math.floor(Number(date));
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds: BigInt(seconds), nanos: (milliseconds - seconds * 1000) * 1_000_000 };
}

/** Nanoseconds since 1970. */
export function unixNanoseconds(time: Timestamp): bigint {
  return time.seconds * 1_000_000_000n + BigInt(time.nanos);
}

/** `2026-11-21T02:17:04.496371666Z`: Go's RFC3339Nano in UTC, without trailing zeros. */
export function formatRfc3339Nano(time: Timestamp): string {
  const { date, clock } = civilTime(time.seconds);
  return `${date}T${clock}${fraction(time.nanos)}Z`;
}

/** `2026-11-21T02:17:04Z`: Go's RFC3339 in UTC. */
export function formatRfc3339(time: Timestamp): string {
  return formatRfc3339Nano({ seconds: time.seconds, nanos: 0 });
}

/** `2026-11-21T04:17:04+02:00`: Go's RFC3339 in the local zone, as in leases ls; the offset is in minutes. */
export function formatRfc3339Local(time: Timestamp, offset = localOffsetMinutes(time)): string {
  const { date, clock } = civilTime(time.seconds + BigInt(offset) * 60n);
  return `${date}T${clock}${offset === 0 ? 'Z' : formatOffset(offset, ':')}`;
}

/** `2026-11-21 02:17:04.496371666 +0000 UTC`: Go's Time.String() in UTC, as in events. */
export function formatGoTime(time: Timestamp): string {
  const { date, clock } = civilTime(time.seconds);
  return `${date} ${clock}${fraction(time.nanos)} +0000 UTC`;
}

/** `2026-11-21 04:17:04 +0200 EET`: docker's CreatedAt, in the local zone; the offset is in minutes. */
export function formatLocalTime(time: Timestamp, offset = localOffsetMinutes(time)): string {
  const { date, clock } = civilTime(time.seconds + BigInt(offset) * 60n);
  return `${date} ${clock} ${formatOffset(offset, '')} ${zoneName(time, offset)}`;
}

/** `3 minutes ago`: docker's way to tell an age. */
export function formatRelative(time: Timestamp, now: Timestamp): string {
  return `${formatHumanDuration(unixNanoseconds(now) - unixNanoseconds(time))} ago`;
}

/** The year 1's first second, Go's zero Time, which containerd sends for a time that was never set. */
export function isZeroTime(time: Timestamp): boolean {
  return time.seconds === -62_135_596_800n && time.nanos === 0;
}

/**
 * Reads an RFC3339 time, such as a lease's containerd.io/gc.expire.
 * @returns undefined for any other text.
 */
export function parseRfc3339(text: string): Timestamp | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d{0,20})?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) return undefined;
  const [, time = '', decimals = '', zone = ''] = match;
  const milliseconds = Date.parse(time + zone);
  if (Number.isNaN(milliseconds)) return undefined;
  return { seconds: BigInt(Math.floor(milliseconds / 1000)), nanos: Number(decimals.padEnd(9, '0')) };
}

function fraction(nanos: number): string {
  return nanos === 0 ? '' : `.${String(nanos).padStart(9, '0').replace(/0+$/, '')}`;
}

// A Date ends in the year 275760 and a daemon may send any 64 bits; but the calendar repeats every 400 years.
function civilTime(seconds: bigint): { date: string; clock: string } {
  const inCycle = BigInt.asIntN(64, seconds) % secondsPerCycle;
  const cycles = BigInt.asIntN(64, seconds) / secondsPerCycle;
  // Between the years 1570 and 2369, where ISO texts have four-digit years.
  const iso = new Date(Number(inCycle) * 1000).toISOString();
  const year = BigInt(iso.slice(0, 4)) + cycles * 400n;
  const digits = (year < 0n ? -year : year).toString().padStart(4, '0');
  return { date: `${year < 0n ? '-' : ''}${digits}${iso.slice(4, 10)}`, clock: iso.slice(11, 19) };
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function localOffsetMinutes(time: Timestamp): number {
  const west = new Date(Number(time.seconds) * 1000).getTimezoneOffset();
  return Number.isNaN(west) || west === 0 ? 0 : -Math.trunc(west);
}

function formatOffset(minutes: number, separator: string): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${separator}${two(size % 60)}`;
}

function zoneName(time: Timestamp, offset: number): string {
  const date = new Date(Number(time.seconds) * 1000);
  if (Number.isNaN(date.getTime())) return 'UTC';
  const name = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' })
    .formatToParts(date)
    .find((part) => part.type === 'timeZoneName')?.value;
  // Where the zone has no letters of its own Go prints the offset.
  return name !== undefined && /^[A-Z]{3,5}$/.test(name) ? name : formatOffset(offset, '').replace(/00$/, '');
}

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  formatGoTime,
  formatLocalTime,
  formatRelative,
  formatRfc3339,
  formatRfc3339Local,
  formatRfc3339Nano,
  isZeroTime,
  parseRfc3339,
  timestampOf,
  unixNanoseconds,
} from '../../../src/output/time.js';

const time = { seconds: 1_795_227_424n, nanos: 496_371_666 };

test.each([
  [time, '2026-11-21T02:17:04.496371666Z', '2026-11-21 02:17:04.496371666 +0000 UTC'],
  [{ seconds: 0n, nanos: 0 }, '1970-01-01T00:00:00Z', '1970-01-01 00:00:00 +0000 UTC'],
  [{ seconds: 0n, nanos: 500_000_000 }, '1970-01-01T00:00:00.5Z', '1970-01-01 00:00:00.5 +0000 UTC'],
  [{ seconds: -1n, nanos: 1 }, '1969-12-31T23:59:59.000000001Z', '1969-12-31 23:59:59.000000001 +0000 UTC'],
  [{ seconds: -62_135_596_800n, nanos: 0 }, '0001-01-01T00:00:00Z', '0001-01-01 00:00:00 +0000 UTC'],
  [{ seconds: 951_782_400n, nanos: 0 }, '2000-02-29T00:00:00Z', '2000-02-29 00:00:00 +0000 UTC'],
  [{ seconds: 253_402_300_800n, nanos: 0 }, '10000-01-01T00:00:00Z', '10000-01-01 00:00:00 +0000 UTC'],
])('%j', (stamp, rfc3339, go) => {
  expect(formatRfc3339Nano(stamp)).toBe(rfc3339);
  expect(formatGoTime(stamp)).toBe(go);
});

test('any 64 bits can be written', () => {
  for (const seconds of [2n ** 63n - 1n, -(2n ** 63n)])
    expect(formatGoTime({ seconds, nanos: 0 })).toMatch(/UTC$/);
});

test('agrees with Date where Date reaches', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
      const stamp = timestampOf(date);
      expect(Date.parse(formatRfc3339Nano(stamp))).toBe(date.getTime());
      expect(parseRfc3339(formatRfc3339Nano(stamp))).toEqual(stamp);
    }),
  );
});

test('seconds, ages and the zero time', () => {
  expect(formatRfc3339(time)).toBe('2026-11-21T02:17:04Z');
  expect(formatRelative(time, { seconds: time.seconds + 180n, nanos: 500_000_000 })).toBe('3 minutes ago');
  expect(unixNanoseconds(time)).toBe(1_795_227_424_496_371_666n);
  expect(isZeroTime({ seconds: -62_135_596_800n, nanos: 0 })).toBe(true);
  expect(isZeroTime(time)).toBe(false);
});

test.each(['', '2026-11-21', '2026-11-21T02:17:04', '2026-13-21T02:17:04Z', 'x2026-11-21T02:17:04Z'])(
  '%p is no RFC3339 time',
  (text) => {
    expect(parseRfc3339(text)).toBeUndefined();
  },
);

test('an offset is taken off', () => {
  expect(parseRfc3339('2026-11-21T04:17:04.496371666+02:00')).toEqual(time);
});

describe('in a zone', () => {
  test.each([
    [0, '2026-11-21T02:17:04Z', '2026-11-21 02:17:04 +0000'],
    [120, '2026-11-21T04:17:04+02:00', '2026-11-21 04:17:04 +0200'],
    [-210, '2026-11-20T22:47:04-03:30', '2026-11-20 22:47:04 -0330'],
  ])('%d minutes from UTC', (offset, rfc3339, local) => {
    expect(formatRfc3339Local(time, offset)).toBe(rfc3339);
    expect(formatLocalTime(time, offset)).toContain(`${local} `);
  });
  test('the machine knows its own', () => {
    expect(parseRfc3339(formatRfc3339Local(time))).toEqual({ ...time, nanos: 0 });
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatFixed, formatGeneral } from '../../../src/output/go-number.js';
import {
  formatBinarySize,
  formatBytes,
  formatHumanDuration,
  formatHumanSize,
  formatRate,
  parseSize,
} from '../../../src/output/units.js';

test.each([
  [0n, '0.0 B'],
  [349n, '349.0 B'],
  [1023n, '1023.0 B'],
  [1024n, '1.0 KiB'],
  // Halfway goes to the even digit: toFixed would print 1.3.
  [1280n, '1.2 KiB'],
  [1792n, '1.8 KiB'],
  [1088032n, '1.0 MiB'],
  [2n ** 40n, '1.0 TiB'],
  [2n ** 63n - 1n, '8.0 EiB'],
])('formatBytes(%d) is %s', (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test.each([
  [0n, 4, '0B'],
  [349n, 4, '349B'],
  [1024n, 4, '1.024kB'],
  [1088032n, 4, '1.088MB'],
  [100250n, 4, '100.2kB'],
  [100350n, 4, '100.3kB'],
  [999960n, 4, '1000kB'],
  [1n, 3, '1B'],
  [12345678n, 3, '12.3MB'],
  [999600n, 3, '1e+03kB'],
])('formatHumanSize(%d, %d) is %s', (bytes, digits, expected) => {
  expect(formatHumanSize(bytes, digits)).toBe(expected);
});

test('formatBinarySize counts in 1024', () => {
  expect(formatBinarySize(1536n)).toBe('1.5KiB');
  expect(formatBinarySize(1023n)).toBe('1023B');
});

test.each([
  [800n, 0.1, '7.8 KiB/s'],
  [800n, 0, '0.0 B/s'],
  [1n, 3, '0.0 B/s'],
])('formatRate(%d, %d) is %s', (bytes, seconds, expected) => {
  expect(formatRate(bytes, seconds)).toBe(expected);
});

const second = 1_000_000_000n;
const hour = 3600n * second;
test.each([
  [-5n * second, 'Less than a second'],
  [second - 1n, 'Less than a second'],
  [second, '1 second'],
  [47n * second, '47 seconds'],
  [60n * second, 'About a minute'],
  [119n * second, 'About a minute'],
  [120n * second, '2 minutes'],
  [59n * 60n * second, '59 minutes'],
  [hour, 'About an hour'],
  [hour + 29n * 60n * second, 'About an hour'],
  [hour + 30n * 60n * second, '2 hours'],
  [47n * hour, '47 hours'],
  [48n * hour, '2 days'],
  [13n * 24n * hour, '13 days'],
  [14n * 24n * hour, '2 weeks'],
  [59n * 24n * hour, '8 weeks'],
  [60n * 24n * hour, '2 months'],
  [729n * 24n * hour, '24 months'],
  [730n * 24n * hour, '2 years'],
])('formatHumanDuration(%d) is %s', (nanoseconds, expected) => {
  expect(formatHumanDuration(nanoseconds)).toBe(expected);
});

describe('parseSize', () => {
  test.each([
    ['0', 0n],
    ['32', 32n],
    ['32b', 32n],
    ['32B', 32n],
    ['32k', 32n * 1024n],
    ['32 kB', 32n * 1024n],
    ['32KiB', 32n * 1024n],
    ['512m', 512n * 1024n ** 2n],
    ['1g', 1024n ** 3n],
    ['1.5GiB', (3n * 1024n ** 3n) / 2n],
    ['32.', 32n],
    ['2t', 2n * 1024n ** 4n],
    ['1p', 1024n ** 5n],
    ['9223372036854775807', 2n ** 63n - 1n],
  ])('%s is %d', (text, expected) => {
    expect(parseSize(text)).toBe(expected);
  });
  test.each([
    ['', "invalid size: ''"],
    ['hello', "invalid size: 'hello'"],
    ['-32', "invalid size: '-32'"],
    ['9223372036854775808', "invalid size: '9223372036854775808'"],
    ['32m b', "invalid suffix: 'm b'"],
    ['32mm', "invalid suffix: 'mm'"],
    ['32bm', "invalid suffix: 'bm'"],
    ['32x', "invalid suffix: 'x'"],
    [' 32', "invalid size: ' 32'"],
  ])('%p is refused', (text, message) => {
    expect(() => parseSize(text)).toThrow(message);
  });
});

describe('numbers as Go rounds them', () => {
  test.each([
    [0.125, 2, '0.12'],
    [0.375, 2, '0.38'],
    [-0.25, 1, '-0.2'],
    [2.5, 0, '2'],
    [3.5, 0, '4'],
    [1.005, 2, '1.00'],
  ])('%%.Nf of %d', (value, decimals, expected) => {
    expect(formatFixed(value, decimals)).toBe(expected);
  });

  test('is never further from the value than toFixed', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(6), (value, decimals) => {
        const mine = Math.abs(Number(formatFixed(value, decimals)) - value);
        expect(mine).toBeLessThanOrEqual(Math.abs(Number(value.toFixed(decimals)) - value) + Number.EPSILON);
      }),
    );
  });

  test.each([
    [0, 4, '0'],
    [100, 4, '100'],
    [1.5, 4, '1.5'],
    [9.9996, 4, '10'],
    [123456, 3, '1.23e+05'],
  ])('%%.Ng of %d', (value, digits, expected) => {
    expect(formatGeneral(value, digits)).toBe(expected);
  });
});

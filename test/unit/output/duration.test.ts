import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DurationError, parseDuration } from '../../../src/oci/duration.js';
import { formatDuration } from '../../../src/output/duration.js';

test.each([
  ['0', 0n, '0s'],
  ['0s', 0n, '0s'],
  ['5s', 5_000_000_000n, '5s'],
  ['-5s', -5_000_000_000n, '-5s'],
  ['+5s', 5_000_000_000n, '5s'],
  ['5.0s', 5_000_000_000n, '5s'],
  ['5.s', 5_000_000_000n, '5s'],
  ['.5s', 500_000_000n, '500ms'],
  ['1.004s', 1_004_000_000n, '1.004s'],
  ['10ns', 10n, '10ns'],
  ['11us', 11_000n, '11µs'],
  ['12µs', 12_000n, '12µs'],
  ['12μs', 12_000n, '12µs'],
  ['13ms', 13_000_000n, '13ms'],
  ['76.479813ms', 76_479_813n, '76.479813ms'],
  ['15m', 900_000_000_000n, '15m0s'],
  ['24h', 86_400_000_000_000n, '24h0m0s'],
  ['3h30m', 12_600_000_000_000n, '3h30m0s'],
  ['10.5s4m', 250_500_000_000n, '4m10.5s'],
  ['-2m3.4s', -123_400_000_000n, '-2m3.4s'],
  ['0.100000000000000000000h', 360_000_000_000n, '6m0s'],
  ['9223372036854775807ns', 2n ** 63n - 1n, '2562047h47m16.854775807s'],
  ['-9223372036854775808ns', -(2n ** 63n), '-2562047h47m16.854775808s'],
])('%s is %d nanoseconds, written %s', (text, nanoseconds, written) => {
  expect(parseDuration(text)).toBe(nanoseconds);
  expect(formatDuration(nanoseconds)).toBe(written);
});

test.each([
  ['', 'time: invalid duration ""'],
  ['3', 'time: missing unit in duration "3"'],
  ['-', 'time: invalid duration "-"'],
  ['s', 'time: invalid duration "s"'],
  ['.', 'time: invalid duration "."'],
  ['.s', 'time: invalid duration ".s"'],
  ['3000000h', 'time: invalid duration "3000000h"'],
  ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'],
  ['1d', 'time: unknown unit "d" in duration "1d"'],
  ['1s 2s', 'time: unknown unit "s " in duration "1s 2s"'],
])('%p is refused', (text, message) => {
  expect(() => parseDuration(text)).toThrow(new DurationError(message));
});

test('what is written is read back', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (nanoseconds) => {
      expect(parseDuration(formatDuration(nanoseconds))).toBe(nanoseconds);
    }),
  );
});

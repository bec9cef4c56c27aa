import { expect, test } from '@jest/globals';
import { parseQuantity } from '../../../../src/oci/spec/quantity.js';

test.each([
  ['0', 0n],
  ['50M', 50_000_000n],
  ['1.5Mi', 1_572_864n],
  ['10k', 10_000n],
  ['5e3', 5000n],
  ['5E3', 5000n],
  ['1E', 10n ** 18n],
  ['.5', 1n],
  ['1.', 1n],
  ['1500m', 2n],
  ['-1500m', -1n],
  ['1e-3', 1n],
  ['+7', 7n],
  ['99999999999999999999', 2n ** 63n - 1n],
])('%s is %s', (text, value) => {
  expect(parseQuantity(text)).toBe(value);
});

test.each(['', 'x', '1 M', '1mi', '.', '-', '1MM', '0x10', '1e', '1_000', 'Infinity', '1e9999'])(
  '%p is no quantity',
  (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  },
);

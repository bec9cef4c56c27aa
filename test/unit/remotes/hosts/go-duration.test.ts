import { expect, test } from '@jest/globals';
import { goDurationMs } from '../../../../src/remotes/hosts/go-duration.js';

test.each([
  ['30s', 30_000],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['250ms', 250],
  ['1us', 0.001],
  ['0', 0],
  ['-1s', undefined],
  ['1', undefined],
  ['', undefined],
  ['s', undefined],
  ['1s ', undefined],
])('%j', (text, expected) => {
  expect(goDurationMs(text)).toBe(expected);
});

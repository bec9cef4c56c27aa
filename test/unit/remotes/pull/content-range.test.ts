import { expect, test } from '@jest/globals';
import { contentStart } from '../../../../src/remotes/pull/content-range.js';

test.each([
  ['200 holds the whole', 200, undefined, { start: 0 }],
  ['200 with a range that means nothing', 200, 'bytes 5-9/10', { start: 0 }],
  ['206 as asked', 206, 'bytes 5-9/10', { start: 5 }],
  ['206 of unknown total', 206, 'bytes 5-9/*', { start: 5 }],
  ['206 from elsewhere', 206, 'bytes 0-9/10', 'wrong'],
  ['206 of other content', 206, 'bytes 5-10/11', 'wrong'],
  ['206 without a range', 206, undefined, 'wrong'],
  ['206 with words', 206, 'lines 5-9/10', 'wrong'],
  ['206 with a number that is none', 206, 'bytes 5x-9/10', 'wrong'],
] as const)('%s', (_, status, range, expected) => {
  expect(contentStart(status, range, { offset: 5, size: 10 })).toEqual(expected);
});

test('206 without a range is the whole where the whole was asked for', () => {
  expect(contentStart(206, undefined, { offset: 0, size: 10 })).toEqual({ start: 0 });
});

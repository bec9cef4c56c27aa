import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatLabelCell, formatLabels, parseLabelArguments } from '../../../src/output/labels.js';
import { quoteGo } from '../../../src/output/quote.js';
import { safe, safeBytes } from '../../../src/output/safe.js';
import { countScreenLines } from '../../../src/output/screen-lines.js';

test.each([
  ['', '""'],
  ['plain text', '"plain text"'],
  ['a"b\\c', String.raw`"a\"b\\c"`],
  ['\u0007\b\f\n\r\t\v', String.raw`"\a\b\f\n\r\t\v"`],
  ['\u0000\u001b\u007f', String.raw`"\x00\x1b\x7f"`],
  ['\u0080\u00a0\u202e\ufeff', String.raw`"\u0080\u00a0\u202e\ufeff"`],
  ['\u{e0001}', String.raw`"\U000e0001"`],
  ['é日👍e\u0301', '"é日👍e\u0301"'],
])('quoteGo(%j)', (text, expected) => {
  expect(quoteGo(text)).toBe(expected);
});

describe('labels', () => {
  test('are sorted by bytes', () => {
    const labels = new Map([
      ['b', '2'],
      ['a', '1'],
      ['B', ''],
      ['__proto__', 'x'],
    ]);
    expect(formatLabels(labels)).toBe('B=,__proto__=x,a=1,b=2');
    expect(formatLabelCell(labels)).toBe(formatLabels(labels));
    expect(formatLabelCell(new Map())).toBe('-');
  });
  test('are read as ctr reads them', () => {
    expect([...parseLabelArguments(['a=1', 'b', 'c=', 'd=x=y', '__proto__=p', 'a=2'])]).toEqual([
      ['a', '2'],
      ['b', 'true'],
      ['c', ''],
      ['d', 'x=y'],
      ['__proto__', 'p'],
    ]);
  });
});

describe('safe', () => {
  test.each([
    ['clean é 日 👍', 'clean é 日 👍'],
    ['\x1b[31mred\x1b[0m', String.raw`\x1b[31mred\x1b[0m`],
    ['a\nb\tc\rd', String.raw`a\x0ab\x09c\x0dd`],
    ['\u009b2J\u007f', String.raw`\x9b2J\x7f`],
    ['\u202egpj.exe\u2066\ufeff', String.raw`\u202egpj.exe\u2066\ufeff`],
    ['a\udc00', String.raw`a\ufffd`],
  ])('%j', (text, expected) => {
    expect(safe(text)).toBe(expected);
  });
  test('lets stand what is allowed', () => {
    expect(safe('a\nb\x1b', '\n')).toBe('a\nb\\x1b');
  });
  test('whatever comes in, only printable text comes out', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safe(text)).toMatch(/^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u);
      }),
    );
  });
  test.each([
    [[0x61, 0xff, 0x62], String.raw`a\xffb`],
    [[0xc0, 0x80], String.raw`\xc0\x80`],
    [[0xe2, 0x82], String.raw`\xe2\x82`],
    [[0xed, 0xa0, 0x80], String.raw`\xed\xa0\x80`],
    [[0xf0, 0x9f, 0x91, 0x8d, 0xff], String.raw`👍\xff`],
    [[0xe2, 0x80, 0xae, 0xff], String.raw`\u202e\xff`],
  ])('bytes %j', (bytes, expected) => {
    expect(safeBytes(Uint8Array.from(bytes))).toBe(expected);
  });
  test('bytes that are UTF-8 are read as it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeBytes(Buffer.concat([Buffer.from(text), Buffer.from([0xff])]))).toBe(
          `${safe(Buffer.from(text).toString())}\\xff`,
        );
      }),
    );
  });
});

test.each([
  ['', 80, 0],
  ['a\n', 80, 1],
  ['\n', 80, 1],
  [`${'x'.repeat(80)}\n`, 80, 1],
  [`${'x'.repeat(81)}\ny\n`, 80, 3],
  [`\x1b[32m${'+'.repeat(80)}\x1b[0m\n`, 80, 1],
  ['1234567\t9\n', 8, 2],
])('countScreenLines(%j, %d) is %d', (text, columns, lines) => {
  expect(countScreenLines(text, columns)).toBe(lines);
});

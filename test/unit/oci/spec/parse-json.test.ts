import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../../../src/oci/spec/parse-json.js';

describe('parseJson', () => {
  test.each([
    ['null', null],
    [' [true , false]\n', [true, false]],
    ['18446744073709551615', 18446744073709551615n],
    ['-9223372036854775808', -9223372036854775808n],
    ['1.5e3', 1500],
    ['"a\\u00e9\\n\\/"', 'aé\n/'],
    ['"\\ud800x"', '\ufffdx'],
    ['{}', new Map()],
    ['[]', []],
    [
      '{"b":1,"a":{"__proto__":[]},"10":2,"b":3}',
      new Map<string, unknown>([
        ['b', 3n],
        ['a', new Map([['__proto__', []]])],
        ['10', 2n],
      ]),
    ],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test('keeps the keys in order', () => {
    expect([...(parseJson('{"10":1,"9":2,"a":3}') as Map<string, unknown>).keys()]).toEqual(['10', '9', 'a']);
  });

  test.each([
    '',
    '  ',
    '{',
    '[1,]',
    '{"a"}',
    '{"a":1,}',
    '{a:1}',
    '01',
    '+1',
    '1.',
    '.5',
    'nul',
    'NULL',
    '"\\q"',
    '"\n"',
    '"',
    '1 2',
    '[1}',
    '\ufeff1',
    '\u00a01',
    "'a'",
    '{1:2}',
    ',',
  ])('refuses %j', (text) => {
    expect(() => parseJson(text)).toThrow(expect.objectContaining({ kind: 'invalid argument' }));
  });

  test('refuses what nests too deep for the stack', () => {
    expect(() => parseJson('['.repeat(100_000))).toThrow('exceeded max depth');
    expect(parseJson('['.repeat(400) + ']'.repeat(400))).toHaveLength(1);
  });

  test('agrees with JSON.parse', () => {
    const plain = (value: unknown): unknown => {
      if (typeof value === 'bigint') return Number(value);
      if (Array.isArray(value)) return value.map(plain);
      if (value instanceof Map)
        return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
      return value;
    };
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.stringify(plain(parseJson(text)))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KindError } from '../../../src/oci/errors.js';
import { decodeJson, type Json } from '../../../src/oci/json-decode.js';

/** What JSON.parse would have made of it. */
function plain(value: Json): unknown {
  if (Array.isArray(value)) return (value as readonly Json[]).map(plain);
  if (typeof value === 'bigint') return Number(value);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries(
    [...(value as ReadonlyMap<string, Json>)].map(([key, item]) => [key, plain(item)]),
  );
}

test.each<[string, Json]>([
  ['null', null],
  [' [true, false] ', [true, false]],
  ['9223372036854775807', 2n ** 63n - 1n],
  ['-9223372036854775808', -(2n ** 63n)],
  ['9007199254740993', 9007199254740993n],
  ['-0', 0n],
  ['1.0', 1],
  ['1e3', 1000],
  ['-1.5E-2', -0.015],
  [String.raw`"\"\\\/\b\f\n\r\té\ud83d\udc4d"`, '"\\/\b\f\n\r\té👍'],
  ['"\u007f\u2028"', '\u007f\u2028'],
  ['{}', new Map()],
  [
    '{"__proto__":{"a":1},"constructor":2}',
    new Map<string, Json>([
      ['__proto__', new Map([['a', 1n]])],
      ['constructor', 2n],
    ]),
  ],
])('%s', (text, expected) => {
  expect(decodeJson(text)).toEqual(expected);
  expect(decodeJson(Buffer.from(text))).toEqual(expected);
});

const end = 'unexpected end of JSON input';
test.each([
  ['', end],
  ['{', end],
  ['[1,', end],
  ['"a', end],
  ['{"a"', end],
  ['{"a":1', end],
  ['vim', "invalid character 'v' looking for beginning of value"],
  ['[1,]', "invalid character ']' looking for beginning of value"],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{a:1}', "invalid character 'a' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b"}', `invalid character '"' after object key:value pair`],
  ['[1 2]', "invalid character '2' after array element"],
  ['1 2', "invalid character '2' after top-level value"],
  ['01', "invalid character '1' after top-level value"],
  ['1.', "invalid character '.' after top-level value"],
  ['+1', "invalid character '+' looking for beginning of value"],
  ['NaN', "invalid character 'N' looking for beginning of value"],
  ["'a'", String.raw`invalid character '\'' looking for beginning of value`],
  ['"a\nb"', String.raw`invalid character '\n' in string literal`],
  [String.raw`"\x"`, "invalid character 'x' in string escape code"],
  [String.raw`"\u12g4"`, "invalid character 'u' in string escape code"],
  [String.raw`"\ud800"`, 'unpaired surrogate in string literal'],
  ['nul', end],
  ['nulx', "invalid character 'x' in literal null (expecting 'l')"],
  ['\ufeff{}', `invalid character '\ufeff' looking for beginning of value`],
  ['{"a":1,"a":2}', 'duplicate object key "a"'],
  ['{"a":1,"\\u0061":2}', 'duplicate object key "a"'],
  ['1e999', 'number 1e999 is out of range'],
  ['1'.repeat(401), 'number of 401 characters'],
  ['['.repeat(1001), 'document is nested deeper than 1000 levels'],
  ['{"a":'.repeat(100_000), 'document is nested deeper than 1000 levels'],
])('%s is refused', (text, message) => {
  expect(() => decodeJson(text)).toThrow(new KindError('invalid argument', message));
});

describe('limits', () => {
  test('1,000 levels are read', () => {
    expect(() => decodeJson('['.repeat(1000) + ']'.repeat(1000))).not.toThrow();
  });
  test('size', () => {
    expect(() => decodeJson('"é"', { maxBytes: 3 })).toThrow('document of 4 bytes is larger than 3');
    expect(decodeJson('"é"', { maxBytes: 4 })).toBe('é');
  });
  test('bytes that are no UTF-8', () => {
    expect(() => decodeJson(Uint8Array.from([0x22, 0xff, 0x22]))).toThrow('document is not UTF-8');
  });
});

test('reads whatever JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 2), (value, indent) => {
      expect(plain(decodeJson(JSON.stringify(value, null, indent)))).toEqual(
        JSON.parse(JSON.stringify(value)),
      );
    }),
  );
});

test('takes no text that JSON.parse refuses', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '"a"',
    '"',
    '\\',
    '1',
    '-',
    '.5',
    'e1',
    'true',
    'null',
    ' ',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const text = pieces.join('');
      let decoded: Json;
      try {
        decoded = decodeJson(text);
      } catch (error) {
        expect(error).toBeInstanceOf(KindError);
        return;
      }
      expect(plain(decoded)).toEqual(plain(decodeJson(JSON.stringify(JSON.parse(text)))));
    }),
    { numRuns: 2000 },
  );
});

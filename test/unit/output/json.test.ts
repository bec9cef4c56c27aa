import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatJson, type JsonValue } from '../../../src/output/json.js';

const cases: [string, JsonValue, string][] = [
  ['null', null, 'null'],
  ['large integers', [2n ** 64n - 1n, -(2n ** 63n)], '[18446744073709551615,-9223372036854775808]'],
  ['floats', [0.1, 1e21, 1e-7, -0], '[0.1,1e+21,1e-7,-0]'],
  ['bytes', new Uint8Array([255, 254]), '"//4="'],
  [
    'a Map by bytes',
    new Map([
      ['b', 1],
      ['', 2],
      ['Z', 3],
      ['\u{10000}', 4],
      ['\uffee', 5],
    ]),
    '{"":2,"Z":3,"b":1,"\uffee":5,"\u{10000}":4}',
  ],
  ['an object in its own order', { b: 1, a: [], c: {}, d: undefined }, '{"b":1,"a":[],"c":{}}'],
  ['hostile keys', new Map([['__proto__', 'x']]), '{"__proto__":"x"}'],
  [
    'HTML and separators',
    '<a href="x">&\u2028\u2029',
    String.raw`"\u003ca href=\"x\"\u003e\u0026\u2028\u2029"`,
  ],
  [
    'control characters',
    '\u0000\u0007\b\f\n\r\t\u001f\u007f',
    '"\\u0000\\u0007\\b\\f\\n\\r\\t\\u001f\u007f"',
  ],
  ['half a pair', 'a\ud800b', '"a\\ufffdb"'],
  ['other text', 'é日👍\\', '"é日👍\\\\"'],
];
test.each(cases)('%s', (_, value, expected) => {
  expect(formatJson(value)).toBe(expected);
});

test('the layout of MarshalIndent', () => {
  const value = { a: [1, [2]], b: {}, c: [], d: new Map([['k', 'v']]) };
  expect(formatJson(value, { indent: 2 })).toBe(JSON.stringify({ ...value, d: { k: 'v' } }, null, 2));
});

test('options', () => {
  expect(formatJson('<>&', { escapeHtml: false })).toBe('"<>&"');
  expect(formatJson('\u009b\u202e\u007f', { terminalSafe: true })).toBe(String.raw`"\u009b\u202e\u007f"`);
});

test('a number that JSON has no word for is refused', () => {
  expect(() => formatJson(NaN)).toThrow(RangeError);
});

test('is read back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 2, 4), fc.boolean(), (value, indent, terminalSafe) => {
      const text = formatJson(value, { indent, terminalSafe });
      expect(JSON.parse(text)).toEqual(value);
    }),
  );
});

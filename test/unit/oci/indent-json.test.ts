import { describe, expect, test } from '@jest/globals';
import { indentJson } from '../../../src/oci/indent-json.js';

const lines = (text: string): string => indentJson(Buffer.from(text), '   ').join('\n');

describe('indentJson lays out anew, as json.Indent does', () => {
  test.each([
    ['a word', 'true', 'true'],
    ['blanks around it', ' \n 12 \t', '12'],
    ['an object', '{"a":1,"b":"x"}', '{\n   "a": 1,\n   "b": "x"\n}'],
    ['a list', '[1,[2,3]]', '[\n   1,\n   [\n      2,\n      3\n   ]\n]'],
    ['empty ones', '{"a":{},"b":[ ],"c":[{}]}', '{\n   "a": {},\n   "b": [],\n   "c": [\n      {}\n   ]\n}'],
    ['what is indented already', '{\n  "a" : [\n1\n]\n}', '{\n   "a": [\n      1\n   ]\n}'],
    ['marks in strings', '{"a{":"},[]:\\"\\\\"}', '{\n   "a{": "},[]:\\"\\\\"\n}'],
    [
      'numbers as they are written',
      '[1e2,-0.10,12345678901234567890]',
      '[\n   1e2,\n   -0.10,\n   12345678901234567890\n]',
    ],
    ['escapes as they are written', '["\\u00e4","ä","\\/"]', '[\n   "\\u00e4",\n   "ä",\n   "\\/"\n]'],
  ])('%s', (_, text, expected) => {
    expect(lines(text)).toBe(expected);
  });

  test.each(['', '{', '{"a":}', '[1,]', 'nope', '{"a":1} x'])('%j is refused', (text) => {
    expect(() => lines(text)).toThrow(expect.objectContaining({ kind: 'invalid argument' }));
  });
});

import { describe, expect, test } from '@jest/globals';
import { mergeEnv, parseEnvFile } from '../../../../src/oci/spec/env.js';

describe('mergeEnv', () => {
  test.each<[string, string[], string[], string[]]>([
    ['replaces in place', ['A=1', 'B=1'], ['A=2'], ['A=2', 'B=1']],
    ['appends', ['A=1'], ['B=2'], ['A=1', 'B=2']],
    ['removes', ['A=1', 'B=1'], ['A'], ['B=1']],
    ['removes nothing', ['A=1'], ['C', ''], ['A=1']],
    ['removes and sets', ['A=1', 'B=1'], ['A', 'A=3'], ['A=3', 'B=1']],
    ['does not remember what it appended', [], ['A=1', 'A=2'], ['A=1', 'A=2']],
    ['replaces the last of equal keys', ['A=1', 'A=2'], ['A=3'], ['A=1', 'A=3']],
    ['an empty key is a key', ['A=1'], ['=x'], ['A=1', '=x']],
    ['keeps = in values', [], ['A==b='], ['A==b=']],
    ['drops empty entries', ['', 'A=1'], [], ['A=1']],
  ])('%s', (_, env, overrides, expected) => {
    expect(mergeEnv(env, overrides)).toEqual(expected);
  });
});

test('an --env-file is taken line by line: no comments, no trimming but for \\r', () => {
  expect(mergeEnv([], parseEnvFile('\nA=1\r\n#C=2\n# comment\n  E=x \nNOEQ\n'))).toEqual([
    'A=1',
    '#C=2',
    '  E=x ',
  ]);
});

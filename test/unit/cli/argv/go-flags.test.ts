import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseGoFlags } from '../../../../src/cli/argv/go-flags.js';
import type { FlagSpec } from '../../../../src/cli/argv/flag-spec.js';

const specs: readonly FlagSpec[] = [
  { name: 'bool', names: ['bool', 'b'], kind: 'bool' },
  { name: 'text', names: ['text', 't'], kind: 'string' },
  { name: 'many', names: ['many', 'm'], kind: 'strings' },
  { name: 'size', names: ['size'], kind: 'int' },
  { name: 'limit', names: ['limit'], kind: 'uint' },
];

const read = (argv: readonly string[], interspersed = false) => {
  const { values, positionals, help } = parseGoFlags(argv, { specs, interspersed });
  return { ...Object.fromEntries(values), positionals, ...(help ? { help } : {}) };
};

describe('Go flags', () => {
  test.each([
    [['-text', 'v'], { text: ['v'], positionals: [] }],
    [['--text=v'], { text: ['v'], positionals: [] }],
    [['-t=a=b'], { text: ['a=b'], positionals: [] }],
    [['--text='], { text: [''], positionals: [] }],
    [['--text', '--bool'], { text: ['--bool'], positionals: [] }],
    [['--text', 'a', '-t', 'b'], { text: ['b'], positionals: [] }],
    [['-m', 'a', '--many', 'b,c'], { many: ['a', 'b,c'], positionals: [] }],
    [['-b', 'false'], { bool: ['true'], positionals: ['false'] }],
    [['-b=F'], { bool: ['false'], positionals: [] }],
    [['--size', '0x10'], { size: ['16'], positionals: [] }],
    [['--size', '-010'], { size: ['-8'], positionals: [] }],
    [['--limit', '18446744073709551615'], { limit: ['18446744073709551615'], positionals: [] }],
    [['-b', '--', '-b', 'x'], { bool: ['true'], positionals: ['-b', 'x'] }],
    [['a', '--', '-b'], { positionals: ['a', '--', '-b'] }],
    [['-'], { positionals: ['-'] }],
    [['-h'], { positionals: [], help: true }],
    [['x', '--help'], { positionals: ['x', '--help'] }],
  ])('%j', (argv, expected) => {
    expect(read(argv)).toEqual(expected);
  });

  test.each([
    [['--nope'], 'flag provided but not defined: -nope'],
    [['-nope=1'], 'flag provided but not defined: -nope'],
    [['--text'], 'flag needs an argument: -text'],
    [['---text'], 'bad flag syntax: ---text'],
    [['-=x'], 'bad flag syntax: -=x'],
    [['-b=maybe'], 'invalid boolean value "maybe" for -b: parse error'],
    [['--size', 'ten'], 'invalid value "ten" for flag -size: parse error'],
    [
      ['--size', '9223372036854775808'],
      'invalid value "9223372036854775808" for flag -size: value out of range',
    ],
    [['--limit', '-1'], 'invalid value "-1" for flag -limit: parse error'],
  ])('%j is refused', (argv, message) => {
    expect(() => read(argv)).toThrow(message);
  });

  test('that a command knows count behind positionals where it wants them to', () => {
    expect(read(['a', '-b', 'c', '--nope', '-t', 'v'], true)).toEqual({
      bool: ['true'],
      text: ['v'],
      positionals: ['a', 'c', '--nope'],
    });
  });

  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('--', '-', '-b', '--text', '--text=x', '--help', '-h', '', 'a b'),
  );

  test('leave what stands behind the first positional as it is', () => {
    fc.assert(
      fc.property(fc.array(word), (rest) => {
        expect(read(['-b', 'id', ...rest])).toEqual({ bool: ['true'], positionals: ['id', ...rest] });
      }),
    );
  });

  test('leave what stands behind -- as it is', () => {
    fc.assert(
      fc.property(fc.array(word), fc.boolean(), (rest, interspersed) => {
        expect(read(['--', ...rest], interspersed)).toEqual({ positionals: rest });
      }),
    );
  });

  test('take any value, in either form', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (values) => {
        const expected = { many: values, positionals: [] };
        expect(read(values.flatMap((value) => ['--many', value]))).toEqual(expected);
        expect(read(values.map((value) => `-m=${value}`))).toEqual(expected);
      }),
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDockerFlags } from '../../../../src/cli/argv/docker-flags.js';
import type { FlagSpec } from '../../../../src/cli/argv/flag-spec.js';

const specs: readonly FlagSpec[] = [
  { name: 'interactive', names: ['interactive', 'i'], kind: 'bool' },
  { name: 'tty', names: ['tty', 't'], kind: 'bool' },
  { name: 'env', names: ['env', 'e'], kind: 'strings' },
  { name: 'name', names: ['name'], kind: 'string' },
];

const read = (argv: readonly string[], interspersed = false) => {
  const { values, positionals, help } = parseDockerFlags(argv, { specs, interspersed });
  return { ...Object.fromEntries(values), positionals, ...(help ? { help } : {}) };
};

describe("docker's flags", () => {
  test.each([
    [['-it', 'img', '-c'], { interactive: ['true'], tty: ['true'], positionals: ['img', '-c'] }],
    [['-ite', 'A=1'], { interactive: ['true'], tty: ['true'], env: ['A=1'], positionals: [] }],
    [['-eA=1', '-e=B=2', '--env', 'C'], { env: ['A=1', 'B=2', 'C'], positionals: [] }],
    [['-i=false'], { interactive: ['false'], positionals: [] }],
    [['--name', '-x'], { name: ['-x'], positionals: [] }],
    [['--name='], { name: [''], positionals: [] }],
    [['--', '-i'], { positionals: ['-i'] }],
    [['--help'], { positionals: [], help: true }],
  ])('%j', (argv, expected) => {
    expect(read(argv)).toEqual(expected);
  });

  test('stand anywhere where the line is not a process’s', () => {
    expect(read(['a', '-i', 'b', '--', '-t'], true)).toEqual({
      interactive: ['true'],
      positionals: ['a', 'b', '-t'],
    });
  });

  test.each([
    [['--nope'], 'unknown flag: --nope'],
    [['-ix'], "unknown shorthand flag: 'x' in -ix"],
    [['--name'], 'flag needs an argument: --name'],
    [['-ie'], "flag needs an argument: 'e' in -ie"],
    [['--i'], 'unknown flag: --i'],
  ])('%j is refused', (argv, message) => {
    expect(() => read(argv)).toThrow(message);
  });

  test('leave the process its line', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('--', '-', '-it', '--name', '--help', ''));
    fc.assert(
      fc.property(fc.array(word), (rest) => {
        expect(read(['-i', 'img', ...rest])).toEqual({
          interactive: ['true'],
          positionals: ['img', ...rest],
        });
      }),
    );
  });
});

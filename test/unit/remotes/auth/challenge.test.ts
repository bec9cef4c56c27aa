import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseChallenges } from '../../../../src/remotes/auth/challenge.js';

type Row = readonly [
  what: string,
  lines: readonly string[],
  expected: readonly (readonly [string, Record<string, string>])[],
];

const rows: readonly Row[] = [
  ['nothing', [], []],
  ['an empty line', [''], []],
  ['Basic', ['Basic realm="x"'], [['basic', { realm: 'x' }]]],
  ['a scheme alone', ['Basic'], [['basic', {}]]],
  ['case', ['bEARER ReaLm="https://A/T"'], [['bearer', { realm: 'https://A/T' }]]],
  [
    'docker hub',
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:library/x:pull"',
    ],
    [
      [
        'bearer',
        {
          realm: 'https://auth.docker.io/token',
          service: 'registry.docker.io',
          scope: 'repository:library/x:pull',
        },
      ],
    ],
  ],
  [
    'a comma within quotes',
    ['Bearer scope="repository:x:pull,push",a="b"'],
    [['bearer', { scope: 'repository:x:pull,push', a: 'b' }]],
  ],
  ['escapes', ['Basic realm="a \\"b\\" \\\\c"'], [['basic', { realm: 'a "b" \\c' }]]],
  [
    'no quotes',
    ['Bearer realm=https://h/t?x=y,service=s'],
    [['bearer', { realm: 'https://h/t?x=y', service: 's' }]],
  ],
  [
    'blanks around marks',
    ['Bearer  realm = "x" , service = "y"'],
    [['bearer', { realm: 'x', service: 'y' }]],
  ],
  ['the first of equal names', ['Bearer realm="a",Realm="b"'], [['bearer', { realm: 'a' }]]],
  [
    'two in one line',
    ['Basic realm="b", Bearer realm="r",service="s"'],
    [
      ['bearer', { realm: 'r', service: 's' }],
      ['basic', { realm: 'b' }],
    ],
  ],
  [
    'two lines',
    ['Basic realm="b"', 'Bearer realm="r"'],
    [
      ['bearer', { realm: 'r' }],
      ['basic', { realm: 'b' }],
    ],
  ],
  [
    'unknown schemes come last',
    ['Negotiate', 'Basic realm="b"'],
    [
      ['basic', { realm: 'b' }],
      ['negotiate', {}],
    ],
  ],
  [
    'a token68',
    ['Negotiate abc==', 'Basic realm="b"'],
    [
      ['basic', { realm: 'b' }],
      ['negotiate', { abc: '=' }],
    ],
  ],
  ['quotes that never end', ['Bearer realm="x",service="y'], [['bearer', { realm: 'x' }]]],
  ['a parameter before any scheme', ['realm="x"'], []],
  ['no comma between', ['Bearer realm="a" service="b"'], [['bearer', { realm: 'a', service: 'b' }]]],
  ['__proto__ as a name', ['Bearer __proto__="x"'], [['bearer', { ['__proto__']: 'x' }]]],
];

describe('parseChallenges', () => {
  test.each(rows)('%s', (_, lines, expected) => {
    const got = parseChallenges(lines).map(({ scheme, parameters }) => [scheme, [...parameters]]);
    expect(got).toEqual(expected.map(([scheme, parameters]) => [scheme, Object.entries(parameters)]));
  });

  test('never fails and gives back what was quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string({ maxLength: 200 }), (noise, value) => {
        parseChallenges(noise);
        const quoted = value.replace(/[\\"]/g, '\\$&');
        expect(parseChallenges([`Bearer realm="${quoted}"`])[0]?.parameters.get('realm')).toBe(value);
      }),
    );
  });

  test.each(['a="b",', 'Bearer ', '"', '\\', 'a=,', ','])(
    'reads a line of a million %j once, not again for every part',
    (piece) => {
      const line = piece.repeat(1_000_000 / piece.length);
      const begun = performance.now();
      parseChallenges([line]);
      expect(performance.now() - begun).toBeLessThan(5_000); // by steps that grow with the line it takes hours
    },
  );
});

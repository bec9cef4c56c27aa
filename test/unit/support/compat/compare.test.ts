import { describe, expect, test } from '@jest/globals';
import type { AuditName } from '../../../support/compat/audit.js';
import type { CompatCase } from '../../../support/compat/case.js';
import { compare, type Pair, type Result } from '../../../support/compat/compare.js';
import { judge, type NamedDifference } from '../../../support/compat/difference.js';
import type { Side } from '../../../support/compat/side.js';

interface Said {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly status?: number;
  readonly state?: readonly (readonly [AuditName, string])[];
  readonly probes?: readonly string[];
  readonly own?: string;
}

const daemon = { version: '2.1', full: '', socket: '', ctr: '', runc: '', log: '' } as const;
const lab = { dir: '', daemons: [daemon], registry: '', hostsDir: '', skopeo: '', cniPlugins: '' };

function result(program: Side['program'], said: Said): Result {
  const outcome = (stdout: string) => ({
    argv: [],
    stdout: Buffer.from(stdout),
    stderr: Buffer.from(said.stderr ?? ''),
    status: said.status ?? 0,
  });
  return {
    side: { program, namespace: `ns-of-${program}`, folder: `/tmp/of-${program}`, daemon, lab },
    outcome: outcome(said.stdout ?? ''),
    state: new Map(said.state ?? []),
    probes: said.probes ?? [],
    ...(said.own === undefined ? {} : { own: outcome(said.own) }),
  };
}

const pair = (ctr: Said, tctr: Said): Pair => ({ ctr: result('ctr', ctr), tctr: result('tctr', tctr) });
const subject = (more: Partial<CompatCase> = {}): CompatCase => ({ name: '', argv: [], ...more });
const aspects = (ctr: Said, tctr: Said, more?: Partial<CompatCase>): readonly string[] =>
  compare(subject(more), pair(ctr, tctr)).map(({ aspect }) => aspect);

const log = (message: string): string => `time="2026-01-02T03:04:05Z" level=warning msg="${message}"\n`;

describe('what is the same', () => {
  test.each<readonly [string, Said, Said, Partial<CompatCase>?]>([
    ['nothing at all', {}, {}],
    ['the namespace of each', { stdout: 'in ns-of-ctr\n' }, { stdout: 'in ns-of-tctr\n' }],
    ['the folder of each', { stdout: 'open /tmp/of-ctr/x\n' }, { stdout: 'open /tmp/of-tctr/x\n' }],
    ['times', { stdout: 'at 2026-01-02T03:04:05Z\n' }, { stdout: 'at 2027-01-02T03:04:05.678Z\n' }],
    ['the program’s name', { stderr: 'ctr: no\n', status: 1 }, { stderr: 'tctr: no\n', status: 1 }],
    ['a hint behind the message', { stderr: 'ctr: no\n' }, { stderr: 'tctr: no (try yes)\n' }],
    ['log lines of other times', { stderr: log('x') }, { stderr: log('x').replace('03:04', '05:06') }],
    ['labels in any order', { stdout: 'b=2,a=1\n' }, { stdout: 'a=1,b=2\n' }, { normalise: ['labels'] }],
    ['help in other words', { stdout: 'NAME: x' }, { stdout: 'About x' }, { stdout: 'presence' }],
    ['the words of a case', { stderr: 'ctr: no\n' }, { stderr: 'tctr: never\n' }, { message: 'never' }],
  ])('%s', (...[, ctr, tctr, more]) => {
    expect(aspects(ctr, tctr, more)).toEqual([]);
  });
});

describe('what is not the same', () => {
  test.each<readonly [string, readonly string[], Said, Said, Partial<CompatCase>?]>([
    ['a byte of stdout', ['stdout'], { stdout: 'a \n' }, { stdout: 'a\n' }],
    ['a byte that is no text', ['stdout'], { stdout: '\xff' }, { stdout: '\xfe' }],
    ['the order of labels, unasked', ['stdout'], { stdout: 'b=2,a=1\n' }, { stdout: 'a=1,b=2\n' }],
    ['help that is missing', ['stdout'], { stdout: 'NAME: x' }, {}, { stdout: 'presence' }],
    [
      'what is said of the usage',
      ['stdout'],
      { stdout: 'Incorrect Usage: a\n\nx' },
      { stdout: 'Incorrect Usage: b\n\nx' },
      { stdout: 'presence' },
    ],
    ['the exit code', ['exit'], { status: 1 }, { status: 2 }],
    ['a silent failure', ['stderr'], { stderr: 'ctr: no\n', status: 1 }, { status: 1 }],
    ['a word where ctr says nothing', ['stderr'], {}, { stderr: 'hello\n' }],
    ['another message', ['stderr'], { stderr: 'ctr: no\n' }, { stderr: 'tctr: yes\n' }],
    ['a second line', ['stderr'], { stderr: 'ctr: no\n' }, { stderr: 'tctr: no\n    at x\n' }],
    ['a missing log line', ['logs'], { stderr: log('x') }, {}],
    ['another log line', ['logs'], { stderr: log('x') }, { stderr: log('y') }],
    ['the state', ['tasks'], { state: [['tasks', 'a']] }, { state: [['tasks', 'b']] }],
    ['a probe', ['probes'], { probes: ['a'] }, { probes: ['b'] }],
    ['what the daemon’s own ctr says', ['own'], { stdout: 'x', own: 'y' }, { stdout: 'x' }],
  ])('%s', (...[, expected, ctr, tctr, more]) => {
    expect(aspects(ctr, tctr, more)).toEqual(expected);
  });
});

describe('differences', () => {
  const difference = (more: Partial<NamedDifference> = {}): NamedDifference => ({
    name: 'd',
    reason: '',
    ctr: '',
    tctr: '',
    aspects: ['exit'],
    shows: ({ tctr }) => tctr.outcome.status === 2,
    ...more,
  });
  const judged = (ctr: Said, tctr: Said, differences: readonly NamedDifference[]): readonly string[] => {
    const both = pair(ctr, tctr);
    return judge(compare(subject(), both), differences, both);
  };

  test('a mismatch without one fails', () => {
    expect(judged({ status: 1 }, { status: 2 }, [])).toEqual(['not the same: exit code']);
  });
  test('one that is there passes', () => {
    expect(judged({ status: 1 }, { status: 2 }, [difference()])).toEqual([]);
  });
  test('one that is not there any more fails', () => {
    expect(judged({ status: 2 }, { status: 2 }, [difference()])).toEqual([
      'difference d is not real any more: same exit',
    ]);
  });
  test('one that is not as described fails', () => {
    expect(judged({ status: 1 }, { status: 3 }, [difference()])).toEqual([
      'difference d is not as described',
    ]);
  });
  test('one allows nothing else', () => {
    expect(judged({ status: 1, stdout: 'a' }, { status: 2 }, [difference()])).toEqual([
      'not the same: stdout',
    ]);
  });
  test('one of another daemon allows nothing', () => {
    const other = difference({ versions: ['1.6'] });
    expect(judged({ status: 1 }, { status: 2 }, [other])).toEqual(['not the same: exit code']);
  });
});

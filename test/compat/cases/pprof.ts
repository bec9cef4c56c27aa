import type { CompatCase } from '../../support/compat/case.js';

const one = { versions: ['2.1'], state: [] } satisfies Partial<CompatCase>;
const profiles = ['block', 'goroutines', 'heap', 'profile', 'threadcreate', 'trace'];

/** `ctr pprof`. */
export const pprofCases: readonly CompatCase[] = [
  ...profiles.map((name): CompatCase => ({
    name: `${name} where nobody listens`,
    argv: ['pprof', '-d', '/nope', name],
    ...one,
  })),
  { name: 'a file that is no socket', argv: ['pprof', '--debug-socket', '/etc/passwd', 'heap'], ...one },
  { name: 'no socket', argv: ['pprof', '-d', '', 'heap'], ...one },
  { name: 'a level', argv: ['pprof', '-d', '/nope', 'heap', '--debug', '1'], ...one, stdout: 'presence' },
  { name: 'no level', argv: ['pprof', 'heap', '--debug', 'x'], ...one, stdout: 'presence' },
  { name: 'no duration', argv: ['pprof', 'trace', '-s', 'x'], ...one, stdout: 'presence' },
  { name: 'for how long', argv: ['pprof', '-d', '/nope', 'trace', '-s', '1500ms'], ...one },
  { name: 'an unknown profile', argv: ['pprof', 'nope'], ...one },
  { name: 'no profile', argv: ['pprof'], ...one, stdout: 'presence' },
];

import type { CompatCase } from '../../support/compat/case.js';

/** No daemon is asked: one serves. */
const one = { anyDaemon: true, state: [] } satisfies Partial<CompatCase>;
const profiles = ['block', 'goroutines', 'heap', 'profile', 'threadcreate', 'trace'];
/** How many of something there are is the daemon's own affair, and so is how wide that makes a table. */
const live = (name: string, more: readonly string[] = []): CompatCase => ({
  name: `${[name, ...more].join(' ')} of the daemon`,
  argv: ['pprof', '--debug-socket', '{debug}', name, ...more],
  state: [],
  stdout: 'presence',
  apart: true,
});

/** `ctr pprof`. */
export const pprofCases: readonly CompatCase[] = [
  ...['block', 'goroutines', 'heap', 'threadcreate'].map((name) => live(name, ['--debug', '1'])),
  live('profile', ['--seconds', '1s', '--debug', '1']),
  live('trace', ['-s', '100ms', '--debug', '1']),
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

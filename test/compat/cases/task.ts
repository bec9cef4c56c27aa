import type { Argv, CompatCase } from '../../support/compat/case.js';
import { created, pulled, running } from './setup.js';

const paused: readonly Argv[] = [...running, ['task', 'pause', '{id}']];
const withExec: readonly Argv[] = [
  ...running,
  ['task', 'exec', '--detach', '--exec-id', 'one', '{id}', 'sleep', '600'],
];
/** A process that stays for a moment: now and then ctr loses the last words of one that ends at once. */
const staying = (script: string): readonly string[] => ['sh', '-c', `${script}; sleep 0.3`];
const exec = (name: string, argv: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `exec ${name}`,
  setup: running,
  argv: ['task', 'exec', ...argv],
  ...more,
});
const started = (
  name: string,
  command: readonly string[],
  argv: readonly string[],
  more: Partial<CompatCase> = {},
): CompatCase => ({
  name: `start ${name}`,
  setup: [...pulled, ['container', 'create', '--', '{ref}', '{id}', ...command]],
  argv: ['task', 'start', ...argv, '{id}'],
  ...more,
});

const list: readonly CompatCase[] = [
  { name: 'list nothing', argv: ['task', 'list'], alsoOwn: true },
  { name: 'list', setup: running, argv: ['task', 'list'], alsoOwn: true, normalise: ['pids'] },
  { name: 'list by alias', setup: running, argv: ['t', 'ls'], alsoOwn: true, normalise: ['pids'] },
  { name: 'list ids', setup: running, argv: ['task', 'list', '-q'], alsoOwn: true },
  { name: 'list a paused one', setup: paused, argv: ['tasks', 'ls'], alsoOwn: true, normalise: ['pids'] },
  {
    name: 'list two',
    setup: [...running, ['run', '-d', '{ref}', 'another-with-a-longer-name', 'sleep', '600']],
    argv: ['task', 'list'],
    alsoOwn: true,
    normalise: ['pids', 'lines'],
  },
];

const start: readonly CompatCase[] = [
  started('and read the output', staying('echo x'), []),
  started('and end with 7', ['sh', '-c', 'exit 7'], []),
  started('with both streams', staying('echo out; echo err >&2'), [], { message: 'err' }),
  started('and read stdin', ['cat'], [], { stdin: { text: 'one\n', lateEnd: 1500 } }),
  started('in the background', ['sleep', '600'], ['--detach']),
  started('in the background, short', ['sleep', '600'], ['-d']),
  started('with null io', ['echo', 'x'], ['--null-io']),
  started('with a pid file', ['sleep', '600'], ['-d', '--pid-file', '{tmp}/pid']),
  started('with fifos elsewhere', staying('echo x'), ['--fifo-dir', '{tmp}/fifos']),
  started('with a log', ['sleep', '600'], ['-d', '--log-uri', 'file://{tmp}/log']),
  started('without pivot_root', ['sleep', '600'], ['-d', '--no-pivot'], { versions: ['1.7', '2.1'] }),
  started('an unknown command', ['nosuchcmd'], []),
  started('in the background an unknown command', ['nosuchcmd'], ['-d']),
  { name: 'start one that runs', setup: running, argv: ['task', 'start', '{id}'] },
  { name: 'start nothing', argv: ['task', 'start'] },
  { name: 'start what is not there', argv: ['task', 'start', 'nope'] },
];

const execs: readonly CompatCase[] = [
  exec('and read the output', ['--exec-id', 'e', '{id}', ...staying('echo x')]),
  exec('with both streams', ['--exec-id', 'e', '{id}', ...staying('echo out; echo err >&2')], {
    message: 'err',
  }),
  exec('and end with 5', ['--exec-id', 'e', '{id}', 'sh', '-c', 'exit 5']),
  exec('and end by a signal', ['--exec-id', 'e', '{id}', 'sh', '-c', 'kill -15 $$']),
  exec('with words like flags', ['--exec-id', '0', '{id}', 'ls', '-d', '/bin', '--', '/']),
  exec('and read stdin', ['--exec-id', 'e', '{id}', 'cat'], { stdin: { text: 'one\ntwo\n' } }),
  exec('and read much stdin', ['--exec-id', 'e', '{id}', 'wc', '-c'], {
    stdin: { text: 'x'.repeat(1_000_000) },
  }),
  exec('without stdin', ['--exec-id', 'e', '{id}', 'cat'], { stdin: { text: '', lateEnd: 700 } }),
  exec('in a folder', ['--exec-id', 'e', '--cwd', '/bin', '{id}', ...staying('pwd')]),
  exec('as a user', ['--exec-id', 'e', '--user', '12:34', '{id}', ...staying('id')]),
  exec('as an unknown user', ['--exec-id', 'e', '--user', 'nouser', '{id}', 'id'], {
    message: 'no users found',
  }),
  exec('in the background', ['--detach', '--exec-id', 'e', '{id}', 'sleep', '600'], {
    probes: [['task', 'ps', '{id}']],
  }),
  exec('in the background and at an end', ['-d', '--exec-id', 'e', '{id}', 'true']),
  exec('an unknown command', ['--exec-id', 'e', '{id}', 'nosuch']),
  exec('no command', ['--exec-id', 'e', '{id}']),
  exec('without a container', ['--exec-id', 'e']),
  exec('with a bad id', ['--exec-id', 'bad id', '{id}', 'true']),
  exec('with an empty id', ['--exec-id', '', '{id}', 'true']),
  exec('with an id in use', ['--exec-id', 'one', '{id}', 'true'], { setup: withExec }),
  exec('in what is not there', ['--exec-id', 'e', 'nope', 'true']),
  exec('in one without a task', ['--exec-id', 'e', '{id}', 'true'], { setup: created }),
  exec('in a paused one', ['--exec-id', 'e', '{id}', 'true'], { setup: paused }),
  exec('with a log and a terminal', ['--exec-id', 'e', '-t', '--log-uri', 'file:///x', '{id}', 'true'], {
    message: 'log-uri',
  }),
  exec('with a log and fifos', [
    '--exec-id',
    'e',
    '--log-uri',
    'file:///x',
    '--fifo-dir',
    '{tmp}',
    '{id}',
    'true',
  ]),
  exec('with a log', ['--exec-id', 'e', '--log-uri', 'file://{tmp}/log', '{id}', 'echo', 'x']),
];

const kill: readonly CompatCase[] = [
  { name: 'kill', setup: running, argv: ['task', 'kill', '{id}'] },
  {
    name: 'kill by a name',
    setup: running,
    argv: ['task', 'kill', '-s', 'SIGKILL', '{id}'],
    state: ['containers'],
  },
  {
    name: 'kill by a short name',
    setup: running,
    argv: ['task', 'kill', '--signal', 'kill', '{id}'],
    state: ['containers'],
  },
  {
    name: 'kill by a number',
    setup: running,
    argv: ['task', 'kill', '-s', '9', '{id}'],
    state: ['containers'],
  },
  {
    name: 'kill all',
    setup: running,
    argv: ['task', 'kill', '-a', '-s', 'KILL', '{id}'],
    state: ['containers'],
  },
  { name: 'kill an exec', setup: withExec, argv: ['task', 'kill', '--exec-id', 'one', '-s', 'KILL', '{id}'] },
  { name: 'kill an unknown exec', setup: running, argv: ['task', 'kill', '--exec-id', 'zz', '{id}'] },
  { name: 'kill with an unknown signal', setup: running, argv: ['task', 'kill', '-s', 'BOGUS', '{id}'] },
  { name: 'kill with signal 0', setup: running, argv: ['task', 'kill', '-s', '0', '{id}'] },
  { name: 'kill with a signal that is too high', setup: running, argv: ['task', 'kill', '-s', '99', '{id}'] },
  { name: 'kill an exec and all', setup: running, argv: ['task', 'kill', '-a', '--exec-id', 'one', '{id}'] },
  { name: 'kill nothing', argv: ['task', 'kill'] },
  { name: 'kill what is not there', argv: ['task', 'kill', 'nope'] },
  { name: 'kill one without a task', setup: created, argv: ['task', 'kill', '{id}'] },
];

const remove: readonly CompatCase[] = [
  { name: 'delete one that runs', setup: running, argv: ['task', 'delete', '{id}'] },
  { name: 'delete one that runs by force', setup: running, argv: ['task', 'delete', '--force', '{id}'] },
  { name: 'delete by alias', setup: running, argv: ['t', 'rm', '-f', '{id}'] },
  { name: 'delete one that is paused', setup: paused, argv: ['task', 'rm', '{id}'] },
  { name: 'delete what is not there', argv: ['task', 'delete', 'nope'] },
  {
    name: 'delete some that are there',
    setup: running,
    argv: ['task', 'delete', '-f', 'nope', '{id}', 'neither'],
  },
  { name: 'delete one without a task', setup: created, argv: ['task', 'delete', '{id}'] },
  { name: 'delete nothing', argv: ['task', 'delete'] },
  { name: 'delete an unknown exec', setup: running, argv: ['task', 'delete', '--exec-id', 'zz', '{id}'] },
  { name: 'delete an exec that runs', setup: withExec, argv: ['task', 'delete', '--exec-id', 'one', '{id}'] },
  {
    name: 'delete an exec that runs by force',
    setup: withExec,
    argv: ['task', 'delete', '-f', '--exec-id', 'one', '{id}'],
  },
  {
    name: 'delete an exec that has ended',
    setup: [
      ...running,
      ['task', 'exec', '-d', '--exec-id', 'one', '{id}', 'sh', '-c', 'exit 6'],
      ['task', 'exec', '--exec-id', 'wait', '{id}', 'sleep', '0.3'],
    ],
    argv: ['task', 'delete', '--exec-id', 'one', '{id}'],
  },
];

const rest: readonly CompatCase[] = [
  { name: 'ps', setup: running, argv: ['task', 'ps', '{id}'], normalise: ['pids'] },
  { name: 'ps with an exec', setup: withExec, argv: ['task', 'ps', '{id}'], normalise: ['pids'] },
  { name: 'ps nothing', argv: ['task', 'ps'] },
  { name: 'ps of what is not there', argv: ['task', 'ps', 'nope'] },
  { name: 'ps of one without a task', setup: created, argv: ['task', 'ps', '{id}'] },
  { name: 'pause', setup: running, argv: ['task', 'pause', '{id}'] },
  { name: 'pause twice', setup: paused, argv: ['task', 'pause', '{id}'] },
  { name: 'pause nothing', argv: ['task', 'pause'] },
  { name: 'pause what is not there', argv: ['task', 'pause', 'nope'] },
  { name: 'pause one without a task', setup: created, argv: ['task', 'pause', '{id}'] },
  { name: 'resume', setup: paused, argv: ['task', 'resume', '{id}'] },
  { name: 'resume one that runs', setup: running, argv: ['task', 'resume', '{id}'] },
  { name: 'resume nothing', argv: ['task', 'resume'] },
  { name: 'resume what is not there', argv: ['task', 'resume', 'nope'] },
  { name: 'metrics', setup: running, argv: ['task', 'metrics', '{id}'], normalise: ['numbers', 'blanks'] },
  {
    name: 'metrics by alias',
    setup: running,
    argv: ['t', 'metric', '{id}'],
    normalise: ['numbers', 'blanks'],
  },
  {
    name: 'metrics as JSON',
    setup: running,
    argv: ['task', 'metrics', '--format', 'json', '{id}'],
    normalise: ['measured'],
  },
  {
    name: 'metrics in an unknown format',
    setup: running,
    argv: ['task', 'metrics', '--format', 'xml', '{id}'],
  },
  { name: 'metrics of nothing', argv: ['task', 'metrics'] },
  { name: 'metrics of what is not there', argv: ['task', 'metrics', 'nope'] },
  { name: 'metrics of one without a task', setup: created, argv: ['task', 'metrics', '{id}'] },
  {
    name: 'attach',
    setup: [
      ...pulled,
      ['run', '--detach', '{ref}', '{id}', 'sh', '-c', 'read line; echo "got $line"; sleep 0.5; exit 4'],
    ],
    argv: ['task', 'attach', '{id}'],
    stdin: { text: 'hello\n', lateEnd: 1000 },
  },
  { name: 'attach to nothing', argv: ['task', 'attach'] },
  { name: 'attach to what is not there', argv: ['task', 'attach', 'nope'] },
  { name: 'attach to one without a task', setup: created, argv: ['task', 'attach', '{id}'] },
];

/** `ctr task`. */
export const taskCases: readonly CompatCase[] = [...list, ...start, ...execs, ...kill, ...remove, ...rest];

import type { CompatCase } from '../../support/compat/case.js';
import { pulled } from './setup.js';

const images = ['image', 'list', '-q'];
const asked = (name: string, argv: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name,
  argv,
  bare: true,
  setup: pulled,
  ...more,
});
const refused = (name: string, argv: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name,
  argv,
  bare: true,
  state: [],
  stdout: 'presence',
  ...more,
});

const reading: readonly CompatCase[] = [
  asked('long flags', ['--address', '{socket}', '--namespace', '{ns}', ...images]),
  asked('short flags', ['-a', '{socket}', '-n', '{ns}', ...images]),
  asked('long flags with one dash', ['-address', '{socket}', '-namespace', '{ns}', ...images]),
  asked('short flags with two dashes', ['--a', '{socket}', '--n', '{ns}', ...images]),
  asked('values behind a sign', ['--address={socket}', '-n={ns}', ...images]),
  asked('the last value wins', ['-n', 'nope', '-n', '{ns}', '-a', '/nope', '-a', '{socket}', ...images]),
  asked('the last value wins over an alias', [
    '-n',
    'nope',
    '--namespace',
    '{ns}',
    '-a',
    '{socket}',
    ...images,
  ]),
  asked('address and namespace of the environment', images, {
    env: { CONTAINERD_ADDRESS: '{socket}', CONTAINERD_NAMESPACE: '{ns}' },
  }),
  asked('flags win over the environment', ['-a', '{socket}', '-n', '{ns}', ...images], {
    env: { CONTAINERD_ADDRESS: '/nope', CONTAINERD_NAMESPACE: 'nope' },
  }),
  asked('an empty namespace in the environment', ['-a', '{socket}', '-n', '{ns}', ...images], {
    env: { CONTAINERD_NAMESPACE: '' },
  }),
  asked('timeouts that are long enough', [
    '-a',
    '{socket}',
    '-n',
    '{ns}',
    '--timeout',
    '1m',
    '--connect-timeout=5s',
    ...images,
  ]),
  asked('durations of several units', ['-a', '{socket}', '-n', '{ns}', '--timeout', '1h2m3.5s', ...images]),
  asked('booleans with values', [
    '-a',
    '{socket}',
    '-n',
    '{ns}',
    '--debug=false',
    'image',
    'list',
    '--quiet=1',
  ]),
  asked('a boolean takes no word', ['-a', '{socket}', '-n', '{ns}', 'image', 'list', '-q', 'name=={ref}']),
  asked('the end of flags', ['-a', '{socket}', '-n', '{ns}', 'image', 'list', '-q', '--', 'name=={ref}']),
  asked('the end of global flags', ['-a', '{socket}', '-n', '{ns}', '--', ...images]),
  asked('a repeated boolean', ['-a', '{socket}', '-n', '{ns}', 'image', 'list', '-q', '-q=false']),
  asked('an alias of a topic', ['-a', '{socket}', '-n', '{ns}', 'i', 'ls', '-q']),
  asked('debug', ['--debug', '-a', '{socket}', '-n', '{ns}', ...images], { logs: 'ignored' }),
];

const usage: readonly CompatCase[] = [
  refused('no words', []),
  refused('an unknown command', ['foo']),
  refused('an unknown command with flags', ['foo', '--bar']),
  refused('an unknown subcommand', ['image', 'foo']),
  refused('an unknown subcommand of an alias', ['c', 'foo']),
  refused('a topic alone', ['image']),
  refused('another topic alone', ['task']),
  refused('help', ['help']),
  refused('the help flag', ['--help']),
  refused('the short help flag', ['-h']),
  refused('help of a topic', ['help', 'image']),
  refused('help of a topic, behind', ['image', 'help']),
  refused('help flag of a topic', ['image', '--help']),
  refused('help of a command', ['image', 'help', 'list']),
  refused('help of a command, short', ['image', 'h', 'ls']),
  refused('help flag of a command', ['image', 'list', '--help']),
  refused('short help flag of a command', ['image', 'list', '-h']),
  refused('help word of a command', ['image', 'list', 'help']),
  refused('short help word of a command', ['image', 'list', 'h']),
  refused('help word of an unknown', ['help', 'foo']),
  refused('help word of an unknown command of a topic', ['image', 'help', 'foo']),
  refused('help word of run', ['run', 'help']),
  refused('help word of run with another', ['run', 'h', 'x']),
  refused('help flag of run behind others', ['run', '--rm', '--help']),
  refused('the version', ['--version']),
  refused('the version, short', ['-v']),
  refused('the version before anything else', ['--version', 'foo']),
  refused('an unknown global flag', ['--foo', 'image', 'list']),
  refused('an unknown global flag alone', ['-x']),
  refused('an unknown flag of a topic', ['image', '--foo', 'list']),
  refused('a global flag behind a topic', ['image', '-n', 'x', 'list']),
  refused('a global flag behind a command', ['image', 'list', '-n', 'x']),
  refused('an unknown flag', ['image', 'list', '--foo']),
  refused('an unknown flag with one dash', ['image', 'list', '-foo']),
  refused('an unknown flag with a value', ['image', 'list', '--foo=bar']),
  refused('short flags in one word', ['image', 'list', '-qq']),
  refused('a bad boolean', ['image', 'list', '-q=maybe']),
  refused('a bad boolean of a long flag', ['image', 'list', '--quiet=yes']),
  refused('a bad duration', ['--timeout', 'abc', 'image', 'list']),
  refused('a duration without a unit', ['--timeout', '5', 'image', 'list']),
  refused('a bad number', ['run', '--memory-limit', '1g', 'x', 'y']),
  refused('a bad decimal', ['run', '--cpus', 'many', 'x', 'y']),
  refused('a bad unsigned number', ['run', '--cpu-period', '-1', 'x', 'y']),
  refused('a bad number among several', ['run', '--gpus', 'x', 'y', 'z']),
  refused('a flag without its value', ['task', 'kill', '-s']),
  refused('a global flag without its value', ['-n']),
  refused('a sign without a name', ['image', 'list', '-=x']),
  refused('three dashes', ['image', 'list', '---q']),
  refused('a missing exec id', ['task', 'exec']),
  refused('a missing exec id with words', ['task', 'exec', 'x', 'sh']),
];

const connecting: readonly CompatCase[] = [
  refused('no socket', ['-a', '/nope/containerd.sock', 'image', 'list']),
  refused('no socket for a version', ['-a', '/nope/containerd.sock', 'version'], { stdout: 'presence' }),
  refused('an empty address', ['-a', '', 'image', 'list']),
  refused('an empty address in the environment', ['image', 'list'], {
    env: { CONTAINERD_ADDRESS: '/nope/too' },
  }),
  refused('a file for a socket', ['-a', '{tmp}/file', 'image', 'list'], {
    files: { file: '' },
    message: '{tmp}/file',
  }),
  refused('a folder for a socket', ['-a', '{tmp}', 'image', 'list'], { message: '{tmp}' }),
  refused('a bad namespace', ['-a', '{socket}', '-n', '_', 'image', 'list']),
  refused('a long namespace', ['-a', '{socket}', '-n', 'a'.repeat(77), 'image', 'list']),
  refused('an empty namespace', ['-a', '{socket}', '-n', '', 'image', 'list']),
  refused('a bad namespace in the environment', ['-a', '{socket}', 'container', 'list'], {
    env: { CONTAINERD_NAMESPACE: 'a/b' },
  }),
  refused('no time', ['-a', '{socket}', '-n', '{ns}', '--timeout', '1ns', 'image', 'list'], {
    message: 'context deadline exceeded',
  }),
  refused(
    'no time for containers',
    ['-a', '{socket}', '-n', '{ns}', '--timeout', '1ns', 'container', 'list'],
    {
      message: 'context deadline exceeded',
    },
  ),
];

/** The rules of the command line: global flags, environment, misuse, help, and what is said where nobody listens. */
export const globalCases: readonly CompatCase[] = [...reading, ...usage, ...connecting];

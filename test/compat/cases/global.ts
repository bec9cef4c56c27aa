import type { CompatCase } from '../../support/compat/case.js';
import { pulled } from './setup.js';

const images = ['image', 'list', '-q'];
/** How a line is read is the client's work, and the same on every daemon: one serves. */
const asked = (name: string, argv: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name,
  argv,
  bare: true,
  anyDaemon: true,
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
/** No daemon is asked: one serves. */
const misread = (name: string, argv: readonly string[]): CompatCase => ({
  ...refused(name, argv),
  anyDaemon: true,
});

const reading: readonly CompatCase[] = [
  asked('long flags', ['--address', '{socket}', '--namespace', '{ns}', ...images]),
  asked('short flags', ['-a', '{socket}', '-n', '{ns}', ...images]),
  asked('long flags with one dash', ['-address', '{socket}', '-namespace', '{ns}', ...images]),
  asked('short flags with two dashes', ['--a', '{socket}', '--n', '{ns}', ...images]),
  asked('values behind a sign', ['--address={socket}', '-n={ns}', ...images]),
  asked('the last value wins', ['-n', 'nope', '-n', '{ns}', '-a', '/nope', '-a', '{socket}', ...images]),
  asked(
    'the last value wins over an alias',
    ['-n', 'nope', '--namespace', '{ns}', '-a', '{socket}', ...images],
    { differs: ['two-spellings'] },
  ),
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
  misread('no words', []),
  misread('an unknown command', ['foo']),
  misread('an unknown command with flags', ['foo', '--bar']),
  misread('an unknown subcommand', ['image', 'foo']),
  misread('an unknown subcommand of an alias', ['c', 'foo']),
  misread('a topic alone', ['image']),
  misread('another topic alone', ['task']),
  misread('help', ['help']),
  misread('the help flag', ['--help']),
  misread('the short help flag', ['-h']),
  misread('help of a topic', ['help', 'image']),
  misread('help of a topic, behind', ['image', 'help']),
  misread('help flag of a topic', ['image', '--help']),
  misread('help of a command', ['image', 'help', 'list']),
  misread('help of a command, short', ['image', 'h', 'ls']),
  misread('help flag of a command', ['image', 'list', '--help']),
  misread('short help flag of a command', ['image', 'list', '-h']),
  misread('help word of a command', ['image', 'list', 'help']),
  misread('short help word of a command', ['image', 'list', 'h']),
  misread('help word of an unknown', ['help', 'foo']),
  misread('help word of an unknown command of a topic', ['image', 'help', 'foo']),
  misread('help word of run', ['run', 'help']),
  misread('help word of run with another', ['run', 'h', 'x']),
  misread('help flag of run behind others', ['run', '--rm', '--help']),
  misread('the version', ['--version']),
  misread('the version, short', ['-v']),
  misread('the version before anything else', ['--version', 'foo']),
  misread('an unknown global flag', ['--foo', 'image', 'list']),
  misread('an unknown global flag alone', ['-x']),
  misread('an unknown flag of a topic', ['image', '--foo', 'list']),
  misread('a global flag behind a topic', ['image', '-n', 'x', 'list']),
  misread('a global flag behind a command', ['image', 'list', '-n', 'x']),
  misread('an unknown flag', ['image', 'list', '--foo']),
  misread('an unknown flag with one dash', ['image', 'list', '-foo']),
  misread('an unknown flag with a value', ['image', 'list', '--foo=bar']),
  misread('short flags in one word', ['image', 'list', '-qq']),
  misread('a bad boolean', ['image', 'list', '-q=maybe']),
  misread('a bad boolean of a long flag', ['image', 'list', '--quiet=yes']),
  misread('a bad duration', ['--timeout', 'abc', 'image', 'list']),
  misread('a duration without a unit', ['--timeout', '5', 'image', 'list']),
  misread('a bad number', ['run', '--memory-limit', '1g', 'x', 'y']),
  misread('a bad decimal', ['run', '--cpus', 'many', 'x', 'y']),
  misread('a bad unsigned number', ['run', '--cpu-period', '-1', 'x', 'y']),
  misread('a bad number among several', ['run', '--gpus', 'x', 'y', 'z']),
  misread('a flag without its value', ['task', 'kill', '-s']),
  misread('a global flag without its value', ['-n']),
  misread('a sign without a name', ['image', 'list', '-=x']),
  misread('three dashes', ['image', 'list', '---q']),
  misread('a missing exec id', ['task', 'exec']),
  misread('a missing exec id with words', ['task', 'exec', 'x', 'sh']),
];

const connecting: readonly CompatCase[] = [
  misread('no socket', ['-a', '/nope/containerd.sock', 'image', 'list']),
  misread('no socket for a version', ['-a', '/nope/containerd.sock', 'version']),
  misread('an empty address', ['-a', '', 'image', 'list']),
  refused('an empty address in the environment', ['image', 'list'], {
    env: { CONTAINERD_ADDRESS: '/nope/too' },
    anyDaemon: true,
  }),
  refused('a file for a socket', ['-a', '{tmp}/file', 'image', 'list'], {
    files: { file: '' },
    message: '{tmp}/file',
    anyDaemon: true,
  }),
  refused('a folder for a socket', ['-a', '{tmp}', 'image', 'list'], { message: '{tmp}', anyDaemon: true }),
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

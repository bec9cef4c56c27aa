import type { Argv, CompatCase } from '../../support/compat/case.js';
import { running } from './setup.js';

const one = { versions: ['2.1'], state: [] } satisfies Partial<CompatCase>;
const shim = (...line: readonly string[]): Argv => ['shim', '--id', '{id}', ...line];

/** The ctr of each release speaks to the shims of that release. */
const each = { setup: running, oracle: 'own', state: ['tasks', 'containers'] } satisfies Partial<CompatCase>;
const streams = ['--stdin', '{tmp}/in', '--stdout', '{tmp}/out', '--stderr', '{tmp}/err'];

const everywhere: readonly CompatCase[] = [
  // Before 1.7 a time that is none was shown as a text.
  { name: 'state', argv: shim('state'), ...each, versions: ['1.7', '2.1'], normalise: ['numbers'] },
  { name: 'state of 1.6', argv: shim('state'), ...each, versions: ['1.6'], stdout: 'presence' },
  {
    name: 'state of a shim of 1.x',
    setup: running,
    argv: shim('state'),
    state: ['tasks'],
    versions: ['1.6', '1.7'],
    differs: ['shim-speaks-both'],
  },
  {
    name: 'start again',
    argv: shim('start', '{id}'),
    ...each,
    versions: ['1.6', '1.7'],
    message: 'cannot start a running process',
  },
  {
    name: 'delete while it runs',
    argv: shim('delete', '{id}'),
    ...each,
    versions: ['1.6', '1.7'],
    message: 'cannot delete a running process',
  },
  { name: 'exec nothing', argv: shim('exec'), ...each, versions: ['1.6', '1.7'] },
  {
    name: 'exec --attach',
    argv: [
      ...shim('exec', '--attach', ...streams, '--env', 'A=B', '--cwd', '/bin', 'one'),
      ...['sh', '-c', 'echo "said $A in $(pwd)"; exit 7'],
    ],
    ...each,
    differs: ['shim-exec-attaches'],
  },
  {
    name: 'exec --spec',
    files: {
      process: JSON.stringify({
        user: { uid: 1, gid: 1 },
        cwd: '/bin',
        args: ['sh', '-c', 'echo "said $A"; exit 7'],
        env: ['PATH=/bin', 'A=B'],
      }),
    },
    argv: shim('exec', '-a', ...streams, '--spec', '{tmp}/process', 'one'),
    ...each,
    differs: ['shim-exec-attaches'],
  },
  {
    name: 'exec --tty off a terminal',
    argv: shim('exec', '--attach', '--tty', ...streams, 'one', 'true'),
    ...each,
    message: 'the process wants a terminal, and there is none',
  },
  {
    name: 'exec in the background',
    files: { in: '', out: '', err: '' },
    argv: shim('exec', ...streams, 'one', 'sleep', '600'),
    ...each,
    probes: [['task', 'ps', '{id}']],
    differs: ['shim-exec-goes-on'],
  },
];

const nobody = 'fail to connect to container shim with sockets: [/nope';
const profiles: readonly (readonly string[])[] = [
  ['block', '--debug', '1'],
  ['goroutines', '--debug', '2'],
  ['heap', '--debug', '1'],
  ['profile', '--seconds', '1s', '--debug', '1'],
  ['threadcreate', '--debug', '1'],
  ['trace', '-s', '1s', '--debug', '1'],
];

/** `ctr shim`. */
export const shimCases: readonly CompatCase[] = [
  ...everywhere,
  {
    name: 'an address where nobody listens',
    argv: ['shim', '--shim-address', 'unix:///nope', 'state', '-t', 'x'],
    ...one,
    message: `${nobody}]`,
  },
  {
    name: 'an address where nobody listens, and an id',
    argv: ['shim', '--id', 'x', '--shim-address', '/nope', 'state'],
    ...one,
    message: `${nobody} /run/containerd/s/`,
  },
  {
    name: 'the id where nobody listens at the address',
    argv: ['shim', '--id', '{id}', '--shim-address', '/nope', 'state'],
    setup: running,
    ...one,
    normalise: ['numbers'],
  },
  ...profiles.map((words): CompatCase => ({
    name: `pprof ${words.join(' ')} of one that does not debug`,
    argv: shim('pprof', ...words),
    ...one,
    message: 'connect: no such file or directory',
  })),
  { name: 'state without an id', argv: ['shim', 'state'], ...one },
  {
    name: 'state of another task',
    setup: running,
    argv: shim('state', '-t', 'nope'),
    ...one,
    message: 'container not created: not found',
  },
  {
    name: 'start what runs',
    setup: running,
    argv: shim('start', '{id}'),
    ...one,
    message: 'cannot start a running process',
  },
  {
    name: 'start without a task',
    setup: running,
    argv: shim('start'),
    ...one,
    message: 'container not created: not found',
  },
  {
    name: 'delete without a task',
    setup: running,
    argv: shim('delete'),
    ...one,
    message: 'container not created: not found',
  },
  {
    name: 'delete what runs',
    setup: running,
    argv: shim('delete', '{id}'),
    ...one,
    message: 'cannot delete a running process',
  },
  {
    name: 'the older api',
    setup: running,
    argv: shim('state', '--api-version', '2'),
    ...one,
    message: 'service containerd.task.v2.Task',
  },
  { name: 'no api', setup: running, argv: shim('state', '--api-version', '4'), ...one },
  { name: 'exec without an id', setup: running, argv: shim('exec'), ...one },
  { name: 'shutdown with a task', setup: running, argv: shim('shutdown'), ...one },
  { name: 'shutdown of no api', argv: ['shim', '--id', 'x', 'shutdown', '--api-version', '9'], ...one },
  { name: 'an unknown command', argv: ['shim', 'nope'], ...one },
  { name: 'no command', argv: ['shim'], ...one, stdout: 'presence' },
  { name: 'pprof without an id', argv: ['shim', 'pprof', 'heap'], ...one },
  {
    name: 'pprof of one that does not debug',
    argv: shim('pprof', 'heap'),
    ...one,
    message: 'connect: no such file or directory',
  },
];

import type { Argv, CompatCase } from '../../support/compat/case.js';
import { running } from './setup.js';

const one = { versions: ['2.1'], state: [] } satisfies Partial<CompatCase>;
const shim = (...line: readonly string[]): Argv => ['shim', '--id', '{id}', ...line];

/** `ctr shim`, where it is ctr's own 2.1 that is asked. */
export const shimCases: readonly CompatCase[] = [
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

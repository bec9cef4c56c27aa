import type { Argv, CompatCase } from '../../support/compat/case.js';
import { pulled } from './setup.js';

const one: readonly Argv[] = [['leases', 'create', '--id', 'one', 'colour=red', 'shape=round']];
const two: readonly Argv[] = [...one, ['leases', 'create', '--id', 'two', '-x', '0']];

const create: readonly CompatCase[] = [
  { name: 'create', argv: ['leases', 'create', '--id', 'one'] },
  { name: 'create with labels', argv: ['leases', 'create', '--id', 'one', 'b=2', 'a=1'] },
  {
    name: 'create with a bare label',
    argv: ['leases', 'create', '--id', 'one', 'a'],
    differs: ['bare-lease-label'],
  },
  { name: 'create with an empty label', argv: ['leases', 'create', '--id', 'one', 'a='] },
  { name: 'create with a label of two signs', argv: ['leases', 'create', '--id', 'one', 'a=b=c'] },
  { name: 'create with labels of one key', argv: ['leases', 'create', '--id', 'one', 'a=1', 'a=2'] },
  // How wide the list is depends on the name.
  {
    name: 'create without a name',
    argv: ['leases', 'create'],
    stdout: 'presence',
    state: ['namespaces'],
  },
  {
    name: 'create with an empty name',
    argv: ['leases', 'create', '--id', '', 'a=b'],
    stdout: 'presence',
    state: ['namespaces'],
  },
  { name: 'create for an hour', argv: ['leases', 'create', '--id', 'one', '--expires', '1h'] },
  { name: 'create for an hour, short', argv: ['leases', 'create', '--id', 'one', '-x=1h30m'] },
  { name: 'create for good', argv: ['leases', 'create', '--id', 'one', '-x', '0'] },
  { name: 'create for less than nothing', argv: ['leases', 'create', '--id', 'one', '-x', '-5s'] },
  {
    name: 'create with a bad expiration',
    argv: ['leases', 'create', '-x', 'soon'],
    stdout: 'presence',
    anyDaemon: true,
  },
  {
    name: 'create with two expirations',
    argv: ['leases', 'create', '-x', '1h', '--expires', '2h', '--id', 'one'],
    state: [],
    differs: ['two-spellings'],
  },
  { name: 'create twice', setup: one, argv: ['leases', 'create', '--id', 'one'] },
  { name: 'create with an odd name', argv: ['leases', 'create', '--id', 'a b/ü!'] },
  {
    name: 'create with a label that is too long',
    setup: pulled,
    argv: ['leases', 'create', '--id', 'one', `${'k'.repeat(4000)}=${'v'.repeat(200)}`],
  },
  {
    name: 'create with an unknown flag',
    argv: ['leases', 'create', '--nope'],
    stdout: 'presence',
    anyDaemon: true,
  },
];

const list: readonly CompatCase[] = [
  { name: 'list nothing', argv: ['leases', 'list'], alsoOwn: true },
  { name: 'list', setup: two, argv: ['leases', 'list'], alsoOwn: true },
  { name: 'list by alias', setup: two, argv: ['leases', 'ls'], alsoOwn: true },
  { name: 'list names', setup: two, argv: ['leases', 'ls', '-q'], alsoOwn: true },
  { name: 'list names with the long flag', setup: two, argv: ['leases', 'ls', '--quiet'], alsoOwn: true },
  { name: 'list by name', setup: two, argv: ['leases', 'ls', 'id==two'], alsoOwn: true },
  { name: 'list by label', setup: two, argv: ['leases', 'ls', '-q', 'labels.colour==red'], alsoOwn: true },
  {
    name: 'list by either filter',
    setup: two,
    argv: ['leases', 'ls', '-q', 'id==one', 'id==two'],
    alsoOwn: true,
  },
  { name: 'list what matches nothing', setup: two, argv: ['leases', 'ls', 'id==nope'], alsoOwn: true },
  { name: 'list with a bad filter', setup: two, argv: ['leases', 'ls', '|'] },
  { name: 'list with a filter without a value', setup: two, argv: ['leases', 'ls', 'id=='] },
];

const remove: readonly CompatCase[] = [
  { name: 'delete', setup: two, argv: ['leases', 'delete', 'one'] },
  { name: 'delete by alias', setup: two, argv: ['leases', 'rm', 'one'] },
  { name: 'delete by another alias', setup: two, argv: ['leases', 'remove', 'one'] },
  { name: 'delete by a third alias', setup: two, argv: ['leases', 'del', 'one'] },
  { name: 'delete two', setup: two, argv: ['leases', 'rm', 'one', 'two'] },
  { name: 'delete and collect', setup: two, argv: ['leases', 'rm', '--sync', 'one', 'two'] },
  { name: 'delete one twice', setup: two, argv: ['leases', 'rm', 'one', 'one', 'two'] },
  { name: 'delete what is not there', setup: two, argv: ['leases', 'rm', 'nope'] },
  { name: 'delete some that are there', setup: two, argv: ['leases', 'rm', 'one', 'nope', 'two'] },
  { name: 'delete nothing', setup: two, argv: ['leases', 'rm'], stdout: 'presence', anyDaemon: true },
  { name: 'delete an empty name', setup: two, argv: ['leases', 'rm', ''] },
];

const topic: readonly CompatCase[] = [
  { name: 'no command', argv: ['leases'], stdout: 'presence', anyDaemon: true },
  { name: 'an unknown command', argv: ['leases', 'nope'], anyDaemon: true },
];

/** `ctr leases`. */
export const leaseCases: readonly CompatCase[] = [...create, ...list, ...remove, ...topic];

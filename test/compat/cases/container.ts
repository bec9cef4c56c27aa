import type { CompatCase } from '../../support/compat/case.js';
import { created, pulled, running } from './setup.js';

const two = [
  ...created,
  ['container', 'create', '--label', 'a=b', '{nginx}', 'zebra-with-a-long-name'],
].toSpliced(1, 0, ['image', 'pull', '--plain-http', '{nginx}']);
const bare = [...pulled, ['container', 'create', '--rootfs', '/', '{id}', 'true']];
const paused = [...running, ['task', 'pause', '{id}']];

const list: readonly CompatCase[] = [
  { name: 'list nothing', argv: ['container', 'list'], alsoOwn: true },
  { name: 'list', setup: two, argv: ['container', 'list'], alsoOwn: true },
  { name: 'list by alias', setup: two, argv: ['c', 'ls'], alsoOwn: true },
  { name: 'list by another alias', setup: two, argv: ['containers', 'ls'], alsoOwn: true },
  { name: 'list one without an image', setup: bare, argv: ['container', 'list'], alsoOwn: true },
  { name: 'list ids', setup: two, argv: ['container', 'list', '-q'], alsoOwn: true },
  { name: 'list by id', setup: two, argv: ['container', 'ls', 'id=={id}'], alsoOwn: true },
  { name: 'list by label', setup: two, argv: ['container', 'ls', 'labels.a==b'], alsoOwn: true },
  { name: 'list by image', setup: two, argv: ['container', 'ls', '-q', 'image=={nginx}'], alsoOwn: true },
  {
    name: 'list by runtime',
    setup: two,
    argv: ['container', 'ls', '-q', 'runtime.name==nope'],
    alsoOwn: true,
  },
  {
    name: 'list by either filter',
    setup: two,
    argv: ['container', 'ls', '-q', 'id=={id}', 'labels.a'],
    alsoOwn: true,
  },
  { name: 'list by a pattern that is none', setup: two, argv: ['container', 'ls', 'id~=['], alsoOwn: true },
  { name: 'list with a bad filter', setup: two, argv: ['container', 'ls', '|'] },
  { name: 'list with a filter that has no value', setup: two, argv: ['container', 'ls', 'id=='] },
];

const info: readonly CompatCase[] = [
  { name: 'info', setup: created, argv: ['container', 'info', '{id}'] },
  {
    name: 'info by ctr of the daemon',
    setup: created,
    argv: ['c', 'info', '{id}'],
    oracle: 'own',
    versions: ['1.7', '2.1'],
  },
  { name: 'info of the spec', setup: created, argv: ['container', 'info', '--spec', '{id}'], alsoOwn: true },
  { name: 'info of one without an image', setup: bare, argv: ['container', 'info', '{id}'] },
  {
    name: 'info of one with a stop signal',
    setup: two,
    argv: ['container', 'info', 'zebra-with-a-long-name'],
  },
  {
    name: 'info of one with odd text',
    setup: [
      ...pulled,
      ['container', 'create', '--env', 'A=<&>é\u2028"\\', '--label', 'x=<b>', '{ref}', '{id}', 'a&b'],
    ],
    argv: ['container', 'info', '{id}'],
  },
  { name: 'info of nothing', argv: ['container', 'info'] },
  { name: 'info of what is not there', argv: ['container', 'info', 'nope'] },
  { name: 'info of an empty id', argv: ['container', 'info', ''] },
  {
    name: 'info of more than one',
    setup: two,
    argv: ['container', 'info', '{id}', 'zebra-with-a-long-name'],
  },
];

const label: readonly CompatCase[] = [
  { name: 'label', setup: bare, argv: ['container', 'label', '{id}', 'a=b'], normalise: ['labels'] },
  {
    name: 'label one from an image',
    setup: created,
    argv: ['container', 'label', '{id}', 'a=b'],
    normalise: ['labels'],
  },
  {
    name: 'label without a value',
    setup: bare,
    argv: ['container', 'label', '{id}', 'a'],
    normalise: ['labels'],
  },
  {
    name: 'label by removing',
    setup: two,
    argv: ['container', 'label', 'zebra-with-a-long-name', 'a='],
    normalise: ['labels'],
  },
  {
    name: 'label by removing what is not there',
    setup: created,
    argv: ['container', 'label', '{id}', 'a='],
    normalise: ['labels'],
  },
  { name: 'label nothing', argv: ['container', 'label'] },
  { name: 'label what is not there', argv: ['container', 'label', 'nope', 'a=b'] },
  {
    name: 'label with one that is too long',
    setup: created,
    argv: ['container', 'label', '{id}', `${'k'.repeat(4000)}=${'v'.repeat(200)}`],
  },
  {
    name: 'label without labels',
    setup: created,
    argv: ['container', 'label', '{id}'],
    differs: ['label-prints'],
  },
  {
    name: 'label with many',
    setup: created,
    argv: ['container', 'label', '{id}', ...Array.from('abcdefghijklmnop', (letter) => `${letter}=1`)],
    differs: ['labels-sorted'],
  },
];

const remove: readonly CompatCase[] = [
  { name: 'delete', setup: created, argv: ['container', 'delete', '{id}'] },
  { name: 'delete by alias', setup: created, argv: ['c', 'rm', '{id}'] },
  { name: 'delete by another alias', setup: created, argv: ['c', 'del', '{id}'] },
  { name: 'delete two', setup: two, argv: ['container', 'remove', '{id}', 'zebra-with-a-long-name'] },
  { name: 'delete one without a snapshot', setup: bare, argv: ['container', 'delete', '{id}'] },
  {
    name: 'delete and keep the snapshot',
    setup: created,
    argv: ['container', 'delete', '--keep-snapshot', '{id}'],
    state: ['containers'],
  },
  { name: 'delete what is not there', argv: ['container', 'delete', 'nope'] },
  {
    name: 'delete some that are there',
    setup: created,
    argv: ['container', 'delete', 'nope', '{id}', 'neither'],
  },
  { name: 'delete one that runs', setup: running, argv: ['container', 'delete', '{id}'] },
  { name: 'delete one that is paused', setup: paused, argv: ['container', 'delete', '{id}'] },
  {
    name: 'delete one that has stopped',
    setup: [...pulled, ['run', '--detach', '{ref}', '{id}', 'true'], ['task', 'list']],
    argv: ['container', 'delete', '{id}'],
    stdin: 'ended',
  },
  { name: 'delete nothing', argv: ['container', 'delete'] },
  { name: 'delete an empty id', argv: ['container', 'delete', ''] },
];

/** `ctr container`: list, info, label and delete. */
export const containerCases: readonly CompatCase[] = [...list, ...info, ...label, ...remove];

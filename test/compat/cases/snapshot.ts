import type { Argv, CompatCase } from '../../support/compat/case.js';
import { labImage } from '../../support/lab-image.js';
import { pulled } from './setup.js';

const busybox = await labImage('busybox:latest');
const layer = busybox.chain.at(-1)!;
const missingDigest = `sha256:${'0'.repeat(64)}`;
const tar = 'application/vnd.oci.image.layer.v1.tar';

/** An active snapshot, and one that is committed. */
const active: readonly Argv[] = [['snapshots', 'prepare', 'work']];
const committed: readonly Argv[] = [...active, ['snapshots', 'commit', 'base', 'work']];
const onBase: readonly Argv[] = [...committed, ['snapshots', 'prepare', 'top', 'base']];
/** Three levels, two of them with several. */
const family: readonly Argv[] = [
  ...onBase,
  ['snapshots', 'commit', 'middle', 'top'],
  ['snapshots', 'prepare', 'left', 'middle'],
  ['snapshots', 'prepare', 'right', 'middle'],
  ['snapshots', 'prepare', 'beside', 'base'],
  ['snapshots', 'prepare', 'alone'],
];
const native = (...line: readonly string[]): Argv => ['snapshots', '--snapshotter', 'native', ...line];
const nativeFamily: readonly Argv[] = [
  native('prepare', 'work'),
  native('commit', 'base', 'work'),
  native('prepare', 'top', 'base'),
];
/** What a container has written, with times that do not change; runc has made /run, below what is mounted on it. */
const at = "touch -d '2020-01-01 00:00:00'";
const touched = `mount -o bind / /two; ${at} /two/run; umount /two; ${at} /etc/one /two/2 /two /etc /bin /`;
const changed = (more: string): readonly Argv[] => [
  ...pulled,
  [
    'run',
    '--privileged',
    '{ref}',
    '{id}',
    'sh',
    '-c',
    `echo one > /etc/one; mkdir /two; echo 2 > /two/2; ${more}; ${touched}`,
  ],
];
const written = changed('true');
/** What is removed has the time of the comparison, unless another is given. */
const removed = changed('rm /bin/ls');
/** What is kept by nothing the collector may have at any time. */
const noSnapshots = { state: ['leases', 'content', 'namespaces', 'images'] } satisfies Partial<CompatCase>;

const list: readonly CompatCase[] = [
  { name: 'list nothing', argv: ['snapshots', 'list'], alsoOwn: true },
  { name: 'list', setup: family, argv: ['snapshots', 'list'], alsoOwn: true },
  { name: 'list by alias', setup: pulled, argv: ['snapshot', 'ls'], alsoOwn: true },
  {
    name: 'list, and words that do not matter',
    setup: family,
    argv: ['snapshots', 'ls', 'x'],
    alsoOwn: true,
  },
  { name: 'list those of native', setup: nativeFamily, argv: native('ls'), alsoOwn: true },
  {
    name: 'list by the environment',
    setup: nativeFamily,
    argv: ['snapshots', 'ls'],
    env: { CONTAINERD_SNAPSHOTTER: 'native' },
  },
  {
    name: 'list by the line rather than the environment',
    setup: family,
    argv: ['snapshots', '--snapshotter', 'overlayfs', 'ls'],
    env: { CONTAINERD_SNAPSHOTTER: 'native' },
  },
  {
    name: 'list of a namespace with another default',
    setup: [...family, ['namespaces', 'label', '{ns}', 'containerd.io/defaults/snapshotter=native']],
    argv: ['snapshots', 'ls'],
    alsoOwn: true,
  },
  { name: 'list those of an unknown one', argv: ['snapshots', '--snapshotter', 'nope', 'ls'] },
];

const group: readonly CompatCase[] = [
  {
    name: 'one dash for the snapshotter',
    setup: nativeFamily,
    argv: ['snapshots', '-snapshotter', 'native', 'ls'],
  },
  { name: 'an equals sign', setup: nativeFamily, argv: ['snapshots', '--snapshotter=native', 'ls'] },
  { name: 'an empty snapshotter', setup: family, argv: ['snapshots', '--snapshotter=', 'ls'] },
  {
    name: 'two snapshotters',
    setup: nativeFamily,
    argv: ['snapshots', '--snapshotter', 'nope', '--snapshotter', 'native', 'ls'],
  },
  { name: 'two dashes before the command', setup: family, argv: ['snapshots', '--', 'ls'] },
  {
    name: 'the snapshotter behind the command',
    argv: ['snapshots', 'ls', '--snapshotter', 'native'],
    stdout: 'presence',
  },
  { name: 'an unknown flag before the command', argv: ['snapshots', '--nope', 'ls'], stdout: 'presence' },
  { name: 'a flag without its value', argv: ['snapshots', '--snapshotter'], stdout: 'presence' },
  { name: 'a flag without a command', argv: native(), stdout: 'presence' },
  { name: 'a flag and help', argv: native('--help'), stdout: 'presence' },
  { name: 'a flag and the word help', argv: native('help', 'ls'), stdout: 'presence' },
  { name: 'a flag and an unknown command', argv: native('nope') },
  { name: 'no command', argv: ['snapshots'], stdout: 'presence' },
  { name: 'an unknown command', argv: ['snapshot', 'nope'] },
];

const tree: readonly CompatCase[] = [
  { name: 'tree of nothing', argv: ['snapshots', 'tree'], alsoOwn: true },
  { name: 'tree', setup: family, argv: ['snapshots', 'tree'], alsoOwn: true },
  { name: 'tree of an image', setup: pulled, argv: ['snapshots', 'tree'], alsoOwn: true },
  { name: 'tree of native', setup: nativeFamily, argv: native('tree'), alsoOwn: true },
  { name: 'tree of an unknown snapshotter', argv: native('tree').with(2, 'nope') },
];

const usage: readonly CompatCase[] = [
  { name: 'usage of nothing', argv: ['snapshots', 'usage'], alsoOwn: true },
  { name: 'usage', setup: [...pulled, ...family], argv: ['snapshots', 'usage'], alsoOwn: true },
  {
    name: 'usage in bytes',
    setup: [...pulled, ...family],
    argv: ['snapshots', 'usage', '-b'],
    alsoOwn: true,
  },
  { name: 'usage of some', setup: family, argv: ['snapshots', 'usage', 'left', 'base'], alsoOwn: true },
  {
    name: 'usage of one twice',
    setup: family,
    argv: ['snapshots', 'usage', '-b', 'base', 'base'],
    alsoOwn: true,
  },
  { name: 'usage of a layer', setup: pulled, argv: ['snapshots', 'usage', layer], alsoOwn: true },
  { name: 'usage of what is not there', setup: family, argv: ['snapshots', 'usage', 'base', 'nope'] },
  { name: 'usage of an empty key', setup: family, argv: ['snapshots', 'usage', ''] },
  { name: 'usage of native', setup: nativeFamily, argv: native('usage', '-b'), alsoOwn: true },
];

const info: readonly CompatCase[] = [
  { name: 'info of an active one', setup: onBase, argv: ['snapshots', 'info', 'top'], alsoOwn: true },
  { name: 'info of a committed one', setup: onBase, argv: ['snapshots', 'info', 'base'], alsoOwn: true },
  { name: 'info of a layer', setup: pulled, argv: ['snapshots', 'info', layer], alsoOwn: true },
  { name: 'info of native', setup: nativeFamily, argv: native('info', 'top'), alsoOwn: true },
  { name: 'info of what is not there', setup: active, argv: ['snapshots', 'info', 'nope'] },
  { name: 'info without a key', setup: active, argv: ['snapshots', 'info'], stdout: 'presence' },
  { name: 'info of two', setup: active, argv: ['snapshots', 'info', 'work', 'work'], stdout: 'presence' },
  { name: 'info of an empty key', setup: active, argv: ['snapshots', 'info', ''] },
];

const label: readonly CompatCase[] = [
  { name: 'label', setup: active, argv: ['snapshots', 'label', 'work', 'a=b'], normalise: ['labels'] },
  {
    name: 'label with two',
    setup: active,
    argv: ['snapshots', 'label', 'work', 'a=b', 'c'],
    normalise: ['labels'],
  },
  {
    name: 'label by removing',
    setup: [...active, ['snapshots', 'label', 'work', 'a=b', 'c=d']],
    argv: ['snapshots', 'label', 'work', 'a='],
    normalise: ['labels'],
  },
  {
    name: 'label to the last',
    setup: active,
    argv: [
      'snapshots',
      'label',
      'work',
      'containerd.io/gc.root=',
      'containerd.io/gc.expire=2099-01-01T00:00:00Z',
    ],
    ...noSnapshots,
  },
  { name: 'label without labels', setup: active, argv: ['snapshots', 'label', 'work'] },
  { name: 'label native', setup: nativeFamily, argv: native('label', 'top', 'a=b'), normalise: ['labels'] },
  { name: 'label what is not there', setup: active, argv: ['snapshots', 'label', 'nope', 'a=b'] },
  { name: 'label what is not there without labels', setup: active, argv: ['snapshots', 'label', 'nope'] },
  { name: 'label nothing', setup: active, argv: ['snapshots', 'label'] },
  { name: 'label without a name', setup: active, argv: ['snapshots', 'label', 'work', '=b'] },
  {
    name: 'label with one that is too long',
    setup: active,
    argv: ['snapshots', 'label', 'work', `${'k'.repeat(4000)}=${'v'.repeat(200)}`],
  },
];

const prepare: readonly CompatCase[] = [
  { name: 'prepare', argv: ['snapshots', 'prepare', 'work'] },
  { name: 'prepare on a committed one', setup: committed, argv: ['snapshots', 'prepare', 'top', 'base'] },
  { name: 'prepare on a layer', setup: pulled, argv: ['snapshot', 'prepare', 'top', layer] },
  {
    name: 'prepare and print how to mount it',
    setup: committed,
    argv: ['snapshots', 'prepare', '-t', '/mnt', 'top', 'base'],
  },
  {
    name: 'prepare and print how to mount it, long',
    argv: ['snapshots', 'prepare', '--target=/mnt/', 'work'],
  },
  { name: 'prepare and print nothing', argv: ['snapshots', 'prepare', '-t', '', 'work'] },
  {
    name: 'prepare and print the mounts',
    setup: committed,
    argv: ['snapshots', 'prepare', '--mounts', 'top', 'base'],
  },
  {
    name: 'prepare and print both',
    setup: committed,
    argv: ['snapshots', 'prepare', '--mounts', '-t', '/mnt', 'top', 'base'],
  },
  {
    name: 'prepare native',
    setup: nativeFamily,
    argv: native('prepare', '-t', '/mnt', '--mounts', 'other', 'base'),
    probes: [native('info', 'other'), native('ls')],
  },
  { name: 'prepare twice', setup: active, argv: ['snapshots', 'prepare', 'work'] },
  { name: 'prepare on what is not there', setup: active, argv: ['snapshots', 'prepare', 'top', 'nope'] },
  {
    name: 'prepare on an active one',
    setup: active,
    argv: ['snapshots', 'prepare', 'top', 'work'],
    message: 'work" is not committed snapshot: invalid argument',
  },
  { name: 'prepare nothing', argv: ['snapshots', 'prepare'], stdout: 'presence' },
  { name: 'prepare too much', argv: ['snapshots', 'prepare', 'a', 'b', 'c'], stdout: 'presence' },
  { name: 'prepare an empty key', setup: active, argv: ['snapshots', 'prepare', ''] },
];

const view: readonly CompatCase[] = [
  { name: 'view', setup: committed, argv: ['snapshots', 'view', 'look', 'base'], differs: ['view-is-kept'] },
  {
    name: 'view nothing at all',
    setup: active,
    argv: ['snapshots', 'view', 'look'],
    differs: ['view-is-kept'],
  },
  {
    name: 'view and print how to mount it',
    setup: family,
    argv: ['snapshots', 'view', '--target', '/mnt', 'look', 'middle'],
    differs: ['view-is-kept'],
  },
  {
    name: 'view and print the mounts',
    setup: committed,
    argv: ['snapshots', 'view', '--mounts', 'look', 'base'],
    differs: ['view-is-kept'],
  },
  {
    name: 'view native',
    setup: nativeFamily,
    argv: native('view', '-t', '/mnt', '--mounts', 'look', 'base'),
    ...noSnapshots,
  },
  { name: 'view over another', setup: onBase, argv: ['snapshots', 'view', 'top', 'base'] },
  { name: 'view what is not there', setup: active, argv: ['snapshots', 'view', 'look', 'nope'] },
  { name: 'view without a key', argv: ['snapshots', 'view'], stdout: 'presence' },
  { name: 'view too much', argv: ['snapshots', 'view', 'a', 'b', 'c'], stdout: 'presence' },
];

const mounts: readonly CompatCase[] = [
  { name: 'mounts', setup: onBase, argv: ['snapshots', 'mounts', '/mnt', 'top'], alsoOwn: true },
  { name: 'mounts by alias', setup: onBase, argv: ['snapshots', 'mount', '/mnt', 'top'], alsoOwn: true },
  {
    name: 'mounts by the short alias',
    setup: onBase,
    argv: ['snapshots', 'm', '/mnt', 'top'],
    alsoOwn: true,
  },
  {
    name: 'mounts of three levels',
    setup: family,
    argv: ['snapshots', 'mounts', '/mnt', 'left'],
    alsoOwn: true,
  },
  {
    name: 'mounts of one without a parent',
    setup: active,
    argv: ['snapshots', 'm', '/mnt', 'work'],
    alsoOwn: true,
  },
  {
    name: 'mounts on a path with blanks',
    setup: active,
    argv: ['snapshots', 'm', '/a b', 'work'],
    alsoOwn: true,
  },
  { name: 'mounts on a path to be cleaned', setup: active, argv: ['snapshots', 'm', 'a/../b//', 'work'] },
  { name: 'mounts on nothing', setup: active, argv: ['snapshots', 'm', '', 'work'] },
  { name: 'mounts on the root', setup: active, argv: ['snapshots', 'm', '/', 'work'], alsoOwn: true },
  { name: 'mounts of native', setup: nativeFamily, argv: native('mounts', '/mnt', 'top'), alsoOwn: true },
  { name: 'mounts of what is not there', setup: active, argv: ['snapshots', 'm', '/mnt', 'nope'] },
  {
    name: 'mounts of a committed one',
    setup: committed,
    argv: ['snapshots', 'm', '/mnt', 'base'],
    message: 'base not active or view: failed precondition',
  },
  { name: 'mounts without a key', setup: active, argv: ['snapshots', 'mounts', '/mnt'], stdout: 'presence' },
  { name: 'mounts of two', setup: active, argv: ['snapshots', 'mounts', '/', 'a', 'b'], stdout: 'presence' },
];

const commit: readonly CompatCase[] = [
  { name: 'commit', setup: active, argv: ['snapshots', 'commit', 'base', 'work'] },
  { name: 'commit on another', setup: onBase, argv: ['snapshots', 'commit', 'middle', 'top'] },
  {
    name: 'commit native',
    setup: nativeFamily,
    argv: native('commit', 'middle', 'top'),
    probes: [native('info', 'middle'), native('ls')],
  },
  { name: 'commit over another', setup: onBase, argv: ['snapshots', 'commit', 'base', 'top'] },
  { name: 'commit what is not there', setup: active, argv: ['snapshots', 'commit', 'base', 'nope'] },
  {
    name: 'commit a committed one',
    setup: committed,
    argv: ['snapshots', 'commit', 'again', 'base'],
    message: 'is not active: failed precondition',
  },
  { name: 'commit without a key', setup: active, argv: ['snapshots', 'commit', 'work'], stdout: 'presence' },
  { name: 'commit an empty key', setup: active, argv: ['snapshots', 'commit', '', 'work'] },
];

const remove: readonly CompatCase[] = [
  { name: 'delete', setup: active, argv: ['snapshots', 'delete', 'work'] },
  { name: 'delete by alias', setup: active, argv: ['snapshots', 'rm', 'work'] },
  { name: 'delete by another alias', setup: active, argv: ['snapshots', 'remove', 'work'] },
  { name: 'delete by a third alias', setup: active, argv: ['snapshot', 'del', 'work'] },
  { name: 'delete two', setup: onBase, argv: ['snapshots', 'rm', 'top', 'base'] },
  { name: 'delete native', setup: nativeFamily, argv: native('rm', 'top'), probes: [native('ls')] },
  { name: 'delete one with a child', setup: onBase, argv: ['snapshots', 'rm', 'base'] },
  { name: 'delete what is not there', setup: onBase, argv: ['snapshots', 'rm', 'nope', 'top'] },
  { name: 'delete one twice', setup: onBase, argv: ['snapshots', 'rm', 'top', 'top', 'base'] },
  { name: 'delete nothing', setup: active, argv: ['snapshots', 'rm'] },
  { name: 'delete an empty key', setup: active, argv: ['snapshots', 'rm', ''] },
];

/** Blobs that a difference leaves to the collector are not compared: tctr waits for it. */
const blobs = { state: ['leases', 'snapshots', 'images', 'namespaces'] } satisfies Partial<CompatCase>;
const diff: readonly CompatCase[] = [
  { name: 'diff of nothing', setup: active, argv: ['snapshots', 'diff', 'work'], ...blobs },
  { name: 'diff of a layer', setup: pulled, argv: ['snapshots', 'diff', layer], ...blobs, alsoOwn: true },
  {
    name: 'diff of a container',
    setup: written,
    argv: ['snapshots', 'diff', '{id}'],
    ...blobs,
    alsoOwn: true,
  },
  {
    name: 'diff without compression',
    setup: written,
    argv: ['snapshots', 'diff', '--media-type', tar, '{id}'],
    ...blobs,
    alsoOwn: true,
  },
  {
    name: 'diff of a container and its layer',
    setup: written,
    argv: ['snapshots', 'diff', '--media-type', tar, layer, '{id}'],
    ...blobs,
  },
  {
    name: 'diff the other way',
    setup: [...pulled, ...onBase],
    argv: ['snapshots', 'diff', '--media-type', tar, 'base', layer],
    ...blobs,
  },
  {
    name: 'diff in docker’s media type',
    setup: active,
    argv: ['snapshots', 'diff', '--media-type', 'application/vnd.docker.image.rootfs.diff.tar.gzip', 'work'],
    ...blobs,
  },
  {
    name: 'diff by an upload of that name',
    setup: active,
    argv: ['snapshots', 'diff', '--ref', 'mine', 'work'],
    ...blobs,
    probes: [['content', 'active']],
  },
  { name: 'diff and keep', setup: active, argv: ['snapshots', 'diff', '--keep', 'work'] },
  {
    name: 'diff and keep with labels',
    setup: active,
    argv: ['snapshots', 'diff', '--keep', '--label', 'a=b', '--label', 'c', 'work'],
  },
  {
    name: 'diff at a given time',
    setup: removed,
    argv: ['snapshots', 'diff', '--media-type', tar, '{id}'],
    env: { SOURCE_DATE_EPOCH: '1000000000' },
    ...blobs,
    versions: ['1.7', '2.1'],
  },
  {
    name: 'diff at a bad time',
    setup: active,
    argv: ['snapshots', 'diff', 'work'],
    env: { SOURCE_DATE_EPOCH: 'yesterday' },
    ...blobs,
  },
  { name: 'diff of native', setup: nativeFamily, argv: native('diff', 'top'), ...blobs, alsoOwn: true },
  { name: 'diff of one and itself', setup: active, argv: ['snapshots', 'diff', 'work', 'work'], ...blobs },
  {
    name: 'diff of a committed one and itself',
    setup: committed,
    argv: ['snapshots', 'diff', 'base', 'base'],
    ...blobs,
    differs: ['diff-of-one-and-itself'],
  },
  { name: 'diff of what is not there', setup: active, argv: ['snapshots', 'diff', 'nope'], ...blobs },
  {
    name: 'diff with what is not there',
    setup: active,
    argv: ['snapshots', 'diff', 'work', 'nope'],
    ...blobs,
  },
  {
    name: 'diff where nothing is',
    argv: ['snapshots', 'diff', 'nope'],
    differs: ['failure-leaves-no-namespace'],
  },
  {
    name: 'diff in an unknown media type',
    setup: active,
    argv: ['snapshots', 'diff', '--media-type', 'nope', 'work'],
    ...blobs,
  },
  { name: 'diff without a key', setup: active, argv: ['snapshots', 'diff'] },
];

const fetched: readonly Argv[] = [['content', 'fetch', '--plain-http', '{ref}']];
const unpack: readonly CompatCase[] = [
  { name: 'unpack', setup: fetched, argv: ['snapshots', 'unpack', busybox.manifest] },
  { name: 'unpack again', setup: pulled, argv: ['snapshots', 'unpack', busybox.manifest] },
  {
    name: 'unpack native',
    setup: fetched,
    argv: ['snapshots', 'unpack', '--snapshotter', 'native', busybox.manifest],
    probes: [native('ls')],
  },
  {
    name: 'unpack by the environment',
    setup: fetched,
    argv: ['snapshots', 'unpack', busybox.manifest],
    env: { CONTAINERD_SNAPSHOTTER: 'native' },
    probes: [native('ls')],
  },
  {
    name: 'unpack for a namespace with another default',
    setup: [...fetched, ['namespaces', 'label', '{ns}', 'containerd.io/defaults/snapshotter=native']],
    argv: ['snapshots', 'unpack', busybox.manifest],
    probes: [native('ls')],
  },
  {
    name: 'unpack with the topic’s flag',
    setup: fetched,
    argv: native('unpack', busybox.manifest),
    state: ['images', 'leases', 'snapshots'],
    differs: ['unpack-heeds-the-topic'],
  },
  { name: 'unpack and flush', setup: fetched, argv: ['snapshots', 'unpack', '--sync-fs', busybox.manifest] },
  {
    name: 'unpack for an unknown snapshotter',
    setup: fetched,
    argv: ['snapshots', 'unpack', '--snapshotter', 'nope', busybox.manifest],
  },
  { name: 'unpack what is not there', setup: pulled, argv: ['snapshots', 'unpack', missingDigest] },
  { name: 'unpack no digest', setup: pulled, argv: ['snapshots', 'unpack', 'nope'] },
  { name: 'unpack nothing', setup: pulled, argv: ['snapshots', 'unpack'] },
];

/** `ctr snapshots`. */
export const snapshotCases: readonly CompatCase[] = [
  ...list,
  ...group,
  ...tree,
  ...usage,
  ...info,
  ...label,
  ...prepare,
  ...view,
  ...mounts,
  ...commit,
  ...remove,
  ...diff,
  ...unpack,
];

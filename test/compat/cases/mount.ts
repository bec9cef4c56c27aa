import type { Argv, CompatCase } from '../../support/compat/case.js';
import { pulled } from './setup.js';

/** A folder to mount on. */
const folder = { files: { 'm/.keep': '' } } satisfies Partial<CompatCase>;
const target = '{tmp}/m';
const mounted: readonly Argv[] = [...pulled, ['images', 'mount', '{ref}', target]];
const twice: readonly Argv[] = [...mounted, ['images', 'mount', '{ref}', target]];
const unmounted: readonly Argv[] = [...mounted, ['images', 'unmount', target]];
const native: readonly Argv[] = [...pulled, ['images', 'mount', '--snapshotter', 'native', '{ref}', target]];
const nativeList: Argv = ['snapshots', '--snapshotter', 'native', 'ls'];
const mount = (name: string, words: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `mount ${name}`,
  setup: pulled,
  argv: ['image', 'mount', ...words],
  ...folder,
  ...more,
});
const unmount = (name: string, words: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `unmount ${name}`,
  setup: mounted,
  argv: ['image', 'unmount', ...words],
  ...folder,
  ...more,
});

const mounts: readonly CompatCase[] = [
  mount('', ['{ref}', target]),
  mount('by alias', ['{ref}', target], { argv: ['i', 'mount', '{ref}', target] }),
  mount('writable', ['--rw', '{ref}', target]),
  mount('writable, taken back', ['--rw', '--rw=false', '{ref}', target]),
  mount('twice', ['{ref}', target], { setup: mounted }),
  mount('what was mounted before', ['{ref}', target], { setup: unmounted }),
  mount('on a relative path', ['{ref}', 'm']),
  mount('on a path with a slash', ['{ref}', `${target}/`]),
  mount('one of several layers', ['{nginx}', target], {
    setup: [['image', 'pull', '--plain-http', '{nginx}']],
  }),
  mount('one of several layers, writable', ['--rw', '{nginx}', target], {
    setup: [['image', 'pull', '--plain-http', '{nginx}']],
  }),
  mount('one that is not unpacked', ['{ref}', target], {
    setup: [['content', 'fetch', '--plain-http', '{ref}']],
  }),
  mount('native', ['--snapshotter', 'native', '{ref}', target], { probes: [nativeList] }),
  mount('native and writable', ['--snapshotter', 'native', '--rw', '{ref}', target], {
    probes: [nativeList],
  }),
  mount('by the environment', ['{ref}', target], {
    env: { CONTAINERD_SNAPSHOTTER: 'native' },
    probes: [nativeList],
  }),
  mount('by the default of the namespace', ['{ref}', target], {
    setup: [...pulled, ['namespaces', 'label', '{ns}', 'containerd.io/defaults/snapshotter=native']],
    probes: [nativeList],
  }),
  mount('and flush', ['--sync-fs', '{ref}', target]),
  mount('this platform', ['--platform', 'linux/amd64', '{ref}', target]),
  mount('another platform of an image without choice', ['--platform', 'linux/arm64', '{ref}', target]),
  mount('with flags of no use', [
    '--skip-verify',
    '--plain-http',
    '--user',
    'a:b',
    '--refresh',
    'x',
    '--hosts-dir',
    '/nope',
    '--tlscacert',
    '/nope',
    '--tlscert',
    '/nope',
    '--tlskey',
    '/nope',
    '--http-dump',
    '--http-trace',
    '--label',
    'a=b',
    '{ref}',
    target,
  ]),
  mount('with short flags of no use', ['-k', '-u', 'a:b', '{ref}', target]),
  mount('another platform', ['--platform', 'linux/arm64', '{alpine}', target], {
    setup: [['image', 'pull', '--plain-http', '{alpine}']],
    logs: 'ignored',
  }),
  mount('an unknown platform', ['--platform', 'bogus/x/y/z', '{ref}', target]),
  mount('for an unknown snapshotter', ['--snapshotter', 'nope', '{ref}', target]),
  mount('what is not there', ['nope', target]),
  mount('where nothing is', ['nope', target], { setup: [], differs: ['failure-leaves-no-namespace'] }),
  mount('nothing', []),
  mount('on nothing', ['{ref}']),
  mount('on an empty path', ['{ref}', '']),
  mount('with an unknown flag', ['--nope', '{ref}', target], { stdout: 'presence' }),
  mount('on what is not there', ['{ref}', '{tmp}/missing'], {
    message: 'no such file or directory',
    differs: ['mount-looks-first'],
  }),
  mount('on a file', ['{ref}', `${target}/.keep`], {
    message: 'not a directory',
    differs: ['mount-looks-first'],
  }),
  mount('another image than before', ['{nginx}', target], {
    setup: [...unmounted, ['image', 'pull', '--plain-http', '{nginx}']],
    message: 'is there already, of another image',
    differs: ['mount-of-another'],
  }),
  mount('writable what was not before', ['--rw', '{ref}', target], {
    setup: unmounted,
    message: 'is there already, of the other kind',
    differs: ['mount-of-another'],
  }),
];

const unmounts: readonly CompatCase[] = [
  unmount('', [target]),
  unmount('by alias', [target], { argv: ['images', 'unmount', target] }),
  unmount('and remove', ['--rm', target]),
  unmount('what is mounted twice', [target], { setup: twice }),
  unmount('what is mounted twice, and remove', ['--rm', target], { setup: twice }),
  unmount('what is not mounted', [target], { setup: unmounted }),
  unmount('what is not mounted, and remove', ['--rm', target], { setup: unmounted }),
  unmount('what never was, and remove', ['--rm', target], { setup: pulled }),
  unmount('by a relative path', ['m']),
  unmount('native, and remove', ['--rm', '--snapshotter', 'native', target], {
    setup: native,
    probes: [nativeList],
  }),
  unmount('a folder that is not there', ['{tmp}/missing']),
  unmount('a file', [`${target}/.keep`], { setup: pulled }),
  unmount('a folder inside', [`${target}/bin`]),
  unmount('with flags of no use', [
    ...['-k', '-u', 'a:b', '--plain-http', '--label', 'a=b', '--refresh', 'x', '--hosts-dir', '/nope'],
    ...['--tlscacert', '/nope', '--tlscert', '/nope', '--tlskey', '/nope', '--http-dump', '--http-trace'],
    ...['--rm', target],
  ]),
  unmount('nothing', []),
  unmount('an empty path', ['']),
];

/** `ctr images mount` and `unmount`. */
export const mountCases: readonly CompatCase[] = [...mounts, ...unmounts];

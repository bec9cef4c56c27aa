import type { Argv, CompatCase } from '../../support/compat/case.js';
import { labImage } from '../../support/lab-image.js';
import { created, pulled, running } from './setup.js';

const nginx: readonly Argv[] = [['image', 'pull', '--plain-http', '{nginx}']];
const alpine: readonly Argv[] = [['image', 'pull', '--plain-http', '--all-platforms', '{alpine}']];
const onePlatform: readonly Argv[] = [['image', 'pull', '--plain-http', '{alpine}']];
const several: readonly Argv[] = [...pulled, ...nginx, ...onePlatform];

/** What the lab's busybox is made of. */
const { manifest, config, layer } = await labImage();
const lacking = (...digests: readonly string[]): readonly Argv[] => [
  ...pulled,
  ...digests.map((digest) => ['content', 'rm', digest]),
];

/** Reads only, so that nothing is left to compare. */
const reads = { state: ['images', 'leases', 'namespaces'] } satisfies Partial<CompatCase>;
/** The same on every release by nature: one daemon is enough. */
const once = { versions: ['2.1'] } satisfies Partial<CompatCase>;

const image = (
  command: string,
  name: string,
  words: readonly string[],
  more: Partial<CompatCase> = {},
): CompatCase => ({
  name: `${command} ${name}`,
  argv: ['image', command, ...words],
  ...reads,
  ...more,
});

const check: readonly CompatCase[] = [
  image('check', 'one', [], { setup: pulled, alsoOwn: true }),
  image('check', 'several', [], { setup: several, alsoOwn: true }),
  image('check', 'nothing', [], { alsoOwn: true }),
  image('check', 'names', ['-q'], { setup: several, alsoOwn: true }),
  image('check', 'names in full', ['--quiet'], { setup: lacking(layer) }),
  image('check', 'by a filter', ['name~=nginx'], { setup: several, ...once }),
  image('check', 'by two filters', ['name~=nginx', 'name~=busybox'], { setup: several, ...once }),
  image('check', 'what no filter fits', ['name==nope'], { setup: pulled, ...once }),
  image('check', 'by a bad filter', ['name~=('], { setup: pulled, ...once }),
  image('check', 'another snapshotter', ['--snapshotter', 'native'], { setup: pulled }),
  image('check', 'names in another snapshotter', ['-q', '--snapshotter', 'native'], {
    setup: pulled,
    ...once,
  }),
  image('check', 'a snapshotter that is none', ['--snapshotter', 'nope'], { setup: several }),
  image('check', 'a snapshotter of the environment', [], {
    setup: pulled,
    env: { CONTAINERD_SNAPSHOTTER: 'native' },
    ...once,
  }),
  image('check', "the namespace's snapshotter", [], {
    setup: [...pulled, ['namespaces', 'label', '{ns}', 'containerd.io/defaults/snapshotter=native']],
    ...once,
  }),
  image('check', 'what lacks a layer', [], { setup: lacking(layer), alsoOwn: true }),
  image('check', 'what lacks its config', [], { setup: lacking(config) }),
  image('check', 'what lacks its config, by name', ['-q'], { setup: lacking(config) }),
  image('check', 'what lacks its manifest', [], { setup: lacking(manifest) }),
  image('check', 'what lacks everything', [], {
    setup: [...nginx, ...lacking(manifest, config, layer)],
    ...once,
  }),
  image('check', 'what is for another platform', [], {
    setup: [['image', 'pull', '--plain-http', '--platform', 'linux/arm64', '{alpine}']],
  }),
  image('check', 'what is of every platform', [], { setup: alpine }),
  image('check', 'what has two names', [], {
    setup: [...pulled, ['image', 'tag', '{ref}', 'docker.io/library/box:1']],
    ...once,
  }),
  image('check', 'with a flag that is none', ['--bogus'], { stdout: 'presence', ...once }),
];

const usage: readonly CompatCase[] = [
  image('usage', 'one layer', ['{ref}'], { setup: pulled }),
  image('usage', 'several layers', ['{nginx}'], { setup: nginx }),
  image('usage', 'an index', ['{alpine}'], { setup: onePlatform, ...once }),
  image('usage', 'another snapshotter', ['--snapshotter', 'native', '{ref}'], {
    setup: [['image', 'pull', '--local', '--plain-http', '--snapshotter', 'native', '{ref}']],
    ...once,
  }),
  image('usage', 'where it is not unpacked', ['--snapshotter', 'native', '{ref}'], { setup: pulled }),
  image('usage', 'a snapshotter that is none', ['--snapshotter', 'nope', '{ref}'], { setup: pulled }),
  image('usage', 'a snapshotter of the environment', ['{ref}'], {
    setup: pulled,
    env: { CONTAINERD_SNAPSHOTTER: 'native' },
    ...once,
  }),
  image('usage', "in spite of the namespace's snapshotter", ['{ref}'], {
    setup: [...pulled, ['namespaces', 'label', '{ns}', 'containerd.io/defaults/snapshotter=native']],
    ...once,
  }),
  image('usage', 'what is not here', ['nope']),
  image('usage', 'nothing', [], once),
  image('usage', 'one of two', ['{nginx}', '{ref}'], { setup: [...nginx, ...pulled], ...once }),
  image('usage', 'what lacks its layer', ['{ref}'], { setup: lacking(layer) }),
  image('usage', 'what lacks its config', ['{ref}'], { setup: lacking(config) }),
  image('usage', 'what lacks its manifest', ['{ref}'], { setup: lacking(manifest), ...once }),
  image('usage', 'what is for another platform', ['{alpine}'], {
    setup: [['image', 'pull', '--plain-http', '--platform', 'linux/arm64', '{alpine}']],
    ...once,
  }),
  { ...image('usage', 'by alias', [], { setup: pulled, ...once }), argv: ['i', 'usage', '{ref}'] },
];

/** ctr prints labels in random order. */
const unsorted = { normalise: ['lines'] } satisfies Partial<CompatCase>;

const inspect: readonly CompatCase[] = [
  image('inspect', 'one', ['{ref}'], { setup: pulled }),
  image('inspect', 'several layers', ['{nginx}'], { setup: nginx }),
  image('inspect', 'an index', ['{alpine}'], { setup: alpine }),
  image('inspect', 'an index of which one platform is here', ['{alpine}'], {
    setup: [['image', 'pull', '--plain-http', '--local', '--skip-metadata', '{alpine}']],
    ...once,
  }),
  image('inspect', 'with a label', ['{ref}'], {
    setup: [...pulled, ['image', 'label', '{ref}', 'a=ä "quoted" \\ text']],
  }),
  image('inspect', 'with labels', ['{ref}'], {
    setup: [...pulled, ['image', 'label', '{ref}', 'b=1', 'a=2']],
    ...unsorted,
    ...once,
  }),
  image('inspect', 'and content', ['--content', '{ref}'], { setup: pulled, ...unsorted }),
  image('inspect', 'and content of several layers', ['--content', '{nginx}'], {
    setup: nginx,
    ...unsorted,
    ...once,
  }),
  image('inspect', 'and content of an index', ['--content', '{alpine}'], {
    setup: alpine,
    ...unsorted,
    ...once,
  }),
  image('inspect', 'and content of what lacks a layer', ['--content', '{ref}'], {
    setup: lacking(layer),
    ...unsorted,
    ...once,
  }),
  image('inspect', 'and content of what lacks its config', ['--content', '{ref}'], {
    setup: lacking(config),
    ...unsorted,
    ...once,
  }),
  image('inspect', 'what lacks its config', ['{ref}'], { setup: lacking(config), ...once }),
  image('inspect', 'what lacks its manifest', ['{ref}'], { setup: lacking(manifest) }),
  image('inspect', 'and content of what lacks its manifest', ['--content', '{ref}'], {
    setup: lacking(manifest),
    ...once,
  }),
  image('inspect', 'what is not here', ['nope']),
  image('inspect', 'nothing', [], once),
  image('inspect', 'the first of two', ['{ref}', 'nope'], { setup: pulled, ...once }),
  image('i', 'by alias', ['{ref}'], { setup: pulled, ...once }),
];

const left = {
  state: ['images', 'leases', 'content', 'snapshots', 'containers'],
} satisfies Partial<CompatCase>;
const prune: readonly CompatCase[] = [
  image('prune', 'without a word', [], { setup: pulled, ...left }),
  image('prune', 'all', ['--all'], { setup: several, ...left }),
  image('prune', 'all of nothing', ['--all'], left),
  image('prune', 'all but what a container has', ['--all'], { setup: [...created, ...nginx], ...left }),
  image('prune', 'all but what runs', ['--all'], { setup: [...running, ...nginx], ...left }),
  image('prune', 'another name of what a container has', ['--all'], {
    setup: [...created, ['image', 'tag', '{ref}', 'docker.io/library/box:1']],
    ...left,
    ...once,
  }),
  image('prune', 'what Kubernetes has pinned', ['--all'], {
    setup: [...pulled, ['image', 'label', '{ref}', 'io.cri-containerd.pinned=pinned']],
    differs: ['pinned-stay'],
    ...left,
    ...once,
  }),
  image('prune', 'with a word', ['x'], { setup: pulled, ...left, ...once }),
  image('prune', 'not all', ['--all=false'], { setup: pulled, ...left, ...once }),
  { ...image('prune', 'by alias', [], { setup: pulled, ...left, ...once }), argv: ['i', 'prune', '--all'] },
];

/** What image check, usage, inspect and prune do, on every daemon. */
export const imageMoreCases: readonly CompatCase[] = [...check, ...usage, ...inspect, ...prune];

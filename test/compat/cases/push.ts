import type { Argv, CompatCase } from '../../support/compat/case.js';
import { foreign, foreignName, pulled } from './setup.js';
import { labImage } from '../../support/lab-image.js';

const nginx: readonly Argv[] = [['image', 'pull', '--plain-http', '{nginx}']];
const alpine: readonly Argv[] = [['image', 'pull', '--plain-http', '--all-platforms', '{alpine}']];
const onePlatform: readonly Argv[] = [['image', 'pull', '--plain-http', '{alpine}']];

/** A repository that nobody has pushed to yet. */
const repository = `{registry}/compat-push-${Date.now()}/{ns}`;
const fresh = `${repository}:1`;

const { manifest: busyboxManifest, layer: busyboxLayer } = await labImage();
const nobodys = `sha256:${'0'.repeat(64)}`;

/** The manifest that the registry has now: it would have refused one whose blobs it lacks. */
const back = (ref = fresh): readonly Argv[] => [['content', 'fetch-object', '--plain-http', ref]];

const push = (name: string, words: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `push ${name}`,
  argv: ['image', 'push', '--plain-http', ...words],
  stdout: 'ignored',
  state: ['images', 'leases', 'content', 'namespaces'],
  ...more,
});

/** By the daemon where it can, and by the client. */
const both = (
  name: string,
  words: readonly string[],
  more: Partial<CompatCase> = {},
): readonly CompatCase[] => [
  push(name, words, more),
  push(`${name} by the client`, ['--local', ...words], { ...more, versions: ['2.1'] }),
];

const own = { versions: ['2.1'] } satisfies Partial<CompatCase>;
const early = { state: ['images', 'leases', 'content'] } satisfies Partial<CompatCase>;

const taken: readonly CompatCase[] = [
  ...both('an image', [fresh, '{ref}'], { setup: pulled, probes: back() }),
  ...both('an image with several layers', [fresh, '{nginx}'], { setup: nginx, probes: back() }),
  ...both('an index', [fresh, '{alpine}'], { setup: alpine, probes: back() }),
  ...both('what is there', ['{ref}'], { setup: pulled }),
  ...both('what is there under another tag', ['{registry}/library/busybox:{ns}', '{ref}'], {
    setup: pulled,
  }),
  ...both('without a tag', [repository, '{ref}'], { setup: pulled }),
  ...both('by a digest', [`${repository}@${busyboxManifest}`, '{ref}'], { setup: pulled }),
  ...both('by tag and digest', [`${fresh}@${busyboxManifest}`, '{ref}'], { setup: pulled }),
  ...both('by the digest of another', [`${fresh}@${nobodys}`, '{ref}'], { setup: pulled }),
  {
    ...push('by alias', [fresh, '{ref}'], { setup: pulled, ...own }),
    argv: ['i', 'push', '--plain-http', fresh, '{ref}'],
  },
  push('one platform by the client', ['--local', '--platform', 'linux/arm64', fresh, '{alpine}'], {
    setup: alpine,
    probes: back(),
  }),
  push('one platform of those here', ['--local', '--platform', 'linux/amd64', fresh, '{alpine}'], {
    setup: onePlatform,
    probes: back(),
  }),
  push(
    'two platforms by the client',
    ['--local', '--platform', 'linux/arm64', '--platform', 'linux/amd64', fresh, '{alpine}'],
    {
      setup: alpine,
      probes: back(),
      ...own,
    },
  ),
  push('a platform of what is for one', ['--local', '--platform', 'linux/arm64', fresh, '{ref}'], {
    setup: pulled,
    probes: back(),
    ...own,
  }),
  push('a manifest', ['--local', '--manifest', busyboxManifest, fresh], {
    setup: pulled,
    differs: ['manifest-is-pushed'],
    probes: back(),
    ...own,
  }),
  push(
    'a manifest with its type',
    [
      '--local',
      '--manifest',
      busyboxManifest,
      '--manifest-type',
      'application/vnd.oci.image.manifest.v1+json',
      fresh,
    ],
    {
      setup: pulled,
      differs: ['manifest-is-pushed'],
      probes: back(),
    },
  ),
  push('one blob at a time', ['--local', '--max-concurrent-uploaded-layers', '1', fresh, '{nginx}'], {
    setup: nginx,
    probes: back(),
    ...own,
  }),
  push('any number of blobs', ['--local', '--max-concurrent-uploaded-layers', '-1', fresh, '{ref}'], {
    setup: pulled,
    ...own,
  }),
  ...both('all but a foreign layer', [fresh, foreignName], { ...foreign, probes: back() }),
  push('a foreign layer', ['--local', '--allow-non-distributable-blobs', fresh, foreignName], foreign),
  push('foreign layers', ['--local', '--allow-non-distributable-blobs', fresh, '{ref}'], {
    setup: pulled,
    probes: back(),
    ...own,
  }),
  push('with a hosts folder', ['--hosts-dir', '{hosts}', fresh, '{ref}'], { setup: pulled, probes: back() }),
  push('with a login that nobody asks for', ['--user', 'a:b', fresh, '{ref}'], { setup: pulled, ...own }),
  push('with a refresh token', ['--refresh', 'x', fresh, '{ref}'], { setup: pulled, ...own }),
  push(
    'what lacks a layer that the registry has',
    ['--local', '{registry}/library/busybox:lacking', '{ref}'],
    {
      setup: [...pulled, ['content', 'rm', busyboxLayer]],
      ...own,
    },
  ),
];

/** Flags that ctr 2.x wants --local for. */
const client = [
  '--skip-verify',
  '--manifest-type=application/x',
  '--max-concurrent-uploaded-layers=2',
  '--allow-non-distributable-blobs',
  '--http-dump',
  '--http-trace',
].map((flag) =>
  push(`with ${flag} there`, [flag, fresh, '{ref}'], {
    setup: pulled,
    logs: 'ignored',
    differs: ['push-flags'],
    ...own,
  }),
);

const refused: readonly CompatCase[] = [
  push('nothing', []),
  ...both('what is not here', [fresh, 'nope'], early),
  push('a name alone that is not here', ['nope/x:1'], { ...early, ...own }),
  push('to a name without a repository', ['--local', 'box', '{ref}'], {
    setup: pulled,
    message: 'cannot push to "box": no repository',
    ...own,
  }),
  push('to no name', ['--local', 'http://a/b', '{ref}'], {
    setup: pulled,
    message: 'cannot push to "http://a/b": invalid reference',
    ...own,
  }),
  push('with a bad platform', ['--platform', 'a/b/c/d', fresh, '{ref}'], {
    setup: pulled,
    message: 'invalid platform a/b/c/d',
    ...own,
  }),
  push('no digest', ['--local', '--manifest', 'foo', fresh], own),
  push('a short digest', ['--local', '--manifest', 'sha256:12', fresh], own),
  push('a manifest that is not here', ['--local', '--manifest', nobodys, fresh], { ...early }),
  push('to nobody', ['--local', '127.0.0.1:1/a/b:1', '{ref}'], {
    setup: pulled,
    message: 'dial tcp 127.0.0.1:1: connect: connection refused',
  }),
  push('to nobody there', ['127.0.0.1:1/a/b:1', '{ref}'], {
    setup: pulled,
    message: 'dial tcp 127.0.0.1:1: connect: connection refused',
    ...own,
  }),
  ...both('an index that is not all here', [fresh, '{alpine}'], { setup: onePlatform }),
  push('a platform that is not here', ['--local', '--platform', 'linux/arm64', fresh, '{alpine}'], {
    setup: onePlatform,
    ...own,
  }),
  push('a platform that it is not for', ['--local', '--platform', 'linux/s390x', fresh, '{alpine}'], {
    setup: alpine,
    differs: ['pushes-what-is-asked'],
    ...own,
  }),
  push('a platform that it is not for there', ['--platform', 'linux/s390x', fresh, '{alpine}'], {
    setup: alpine,
    message: 'no match for platform in manifest',
    stdout: 'ignored',
    ...own,
  }),
  push('with half a client certificate', ['--local', '--tlscert', '{tmp}/x', fresh, '{ref}'], {
    setup: pulled,
    ...own,
  }),
  push('with a CA that is not there', ['--local', '--tlscacert', '{tmp}/no.pem', fresh, '{ref}'], {
    setup: pulled,
    ...own,
  }),
  push('with a bad number', ['--max-concurrent-uploaded-layers', 'x', fresh, '{ref}'], {
    setup: pulled,
    ...own,
  }),
];

/** What image push does, on every daemon. */
export const pushCases: readonly CompatCase[] = [...taken, ...client, ...refused];

import type { Argv, CompatCase } from '../../support/compat/case.js';
import { digestOf } from '../../support/compat/content.js';
import { labImage } from '../../support/lab-image.js';

const { manifest, config, layer } = await labImage();
const fetched: readonly Argv[] = [['content', 'fetch', '--plain-http', '{ref}']];
const missing = `sha256:${'0'.repeat(64)}`;
const hello = digestOf('hello');
const unheardOf = `text of ${process.pid} at ${Date.now()}`;
const table = { normalise: ['ages'] } satisfies Partial<CompatCase>;
/** No words of ctr's are worth having here; what was done counts. */
const quiet = { logs: 'ignored' } satisfies Partial<CompatCase>;

const list: readonly CompatCase[] = [
  { name: 'list nothing', argv: ['content', 'list'], alsoOwn: true },
  { name: 'list', setup: fetched, argv: ['content', 'list'], ...table },
  { name: 'list by alias', setup: fetched, argv: ['content', 'ls'], ...table },
  {
    name: 'list one without labels',
    blobs: ['x'],
    argv: ['content', 'ls', `digest==${digestOf('x')}`],
    ...table,
  },
  { name: 'list digests', setup: fetched, argv: ['content', 'ls', '-q'], alsoOwn: true },
  {
    name: 'list digests with the long flag',
    setup: fetched,
    argv: ['content', 'ls', '--quiet'],
    alsoOwn: true,
  },
  {
    name: 'list by label',
    blobs: ['a', 'b'],
    setup: fetched,
    argv: ['content', 'ls', '-q', 'labels."containerd.io/gc.root"==compat'],
    alsoOwn: true,
  },
  {
    name: 'list by digest',
    setup: fetched,
    argv: ['content', 'ls', '-q', 'digest~=^sha256:[0-4]'],
    alsoOwn: true,
  },
  {
    name: 'list by either filter',
    setup: fetched,
    argv: ['content', 'ls', '-q', `digest==${config}`, `digest==${layer}`],
    alsoOwn: true,
  },
  {
    name: 'list by size, which is no field',
    setup: fetched,
    argv: ['content', 'ls', '-q', 'size==5'],
    alsoOwn: true,
  },
  { name: 'list with a bad filter', argv: ['content', 'ls', '|'], differs: ['no-table-of-an-error'] },
  { name: 'list digests with a bad filter', argv: ['content', 'ls', '-q', 'digest=='] },
];

const active: readonly CompatCase[] = [
  { name: 'active, with nothing', argv: ['content', 'active'], alsoOwn: true },
  { name: 'active', unfinished: { one: 'hello' }, argv: ['content', 'active'], alsoOwn: true, ...table },
  {
    name: 'active with two',
    unfinished: { one: 'hello', two: 'x'.repeat(5000) },
    argv: ['content', 'active'],
    normalise: ['ages', 'lines'],
  },
  {
    name: 'active by a filter',
    unfinished: { one: 'hello', two: 'xyz' },
    argv: ['content', 'active', 'ref==two'],
    alsoOwn: true,
    ...table,
  },
  {
    name: 'active by a filter’s expression',
    unfinished: { one: 'hello', two: 'xyz' },
    argv: ['content', 'active', 'ref~=^t'],
    alsoOwn: true,
    ...table,
  },
  {
    name: 'active by a word',
    unfinished: { one: 'hello', two: 'xyz' },
    argv: ['content', 'active', 'two'],
    ...table,
    differs: ['regexp-is-one'],
  },
  {
    name: 'active by an expression',
    unfinished: { one: 'hello', two: 'xyz' },
    argv: ['content', 'active', '^o.e$'],
    ...table,
    differs: ['regexp-is-no-filter'],
  },
  { name: 'active with a timeout', argv: ['content', 'active', '-t', '5s'], alsoOwn: true },
  {
    name: 'active with the timeout of the environment',
    env: { CONTAINERD_FETCH_TIMEOUT: '5s' },
    argv: ['content', 'active'],
    alsoOwn: true,
  },
  {
    name: 'active with a root',
    argv: ['content', 'active', '--root', '/x', '--timeout', '0'],
    alsoOwn: true,
  },
  { name: 'active with a bad timeout', argv: ['content', 'active', '-t', 'soon'], stdout: 'presence' },
];

const get: readonly CompatCase[] = [
  { name: 'get', setup: fetched, argv: ['content', 'get', config], alsoOwn: true },
  { name: 'get bytes that are no text', setup: fetched, argv: ['content', 'get', layer], alsoOwn: true },
  { name: 'get one without a byte', blobs: [''], argv: ['content', 'get', digestOf('')], alsoOwn: true },
  {
    name: 'get the first only',
    blobs: ['a', 'b'],
    argv: ['content', 'get', digestOf('a'), digestOf('b')],
    alsoOwn: true,
  },
  { name: 'get what is not there', argv: ['content', 'get', missing] },
  { name: 'get nothing', argv: ['content', 'get'] },
  { name: 'get what is no digest', argv: ['content', 'get', 'foo'] },
  { name: 'get a short digest', argv: ['content', 'get', 'sha256:12'] },
];

/** What is left of ingests. */
const left = { probes: [['content', 'active']] } satisfies Partial<CompatCase>;
const goes = { ...left, differs: ['failed-ingest-goes'] } satisfies Partial<CompatCase>;
const ingest: readonly CompatCase[] = [
  { name: 'ingest', stdin: { text: 'hello' }, argv: ['content', 'ingest', 'key'], ...left },
  { name: 'ingest nothing', stdin: 'ended', argv: ['content', 'ingest', 'key'], ...left },
  {
    name: 'ingest what is there',
    blobs: ['hello'],
    stdin: { text: 'hello' },
    argv: ['content', 'ingest', 'key'],
    ...left,
  },
  {
    name: 'ingest what is known to be there, with stdin open',
    blobs: ['hello'],
    argv: ['content', 'ingest', '--expected-digest', hello, 'key'],
    ...left,
  },
  {
    // A text of its own: ctr cannot take one from a pipe that another namespace has under this digest.
    name: 'ingest by digest and size',
    stdin: { text: unheardOf },
    argv: [
      ...['content', 'ingest', '--expected-digest', digestOf(unheardOf)],
      ...['--expected-size', String(unheardOf.length), 'key'],
    ],
    ...left,
  },
  {
    name: 'ingest of another size',
    stdin: { text: 'hello1' },
    argv: ['content', 'ingest', '--expected-size', '3', 'key'],
    ...goes,
  },
  {
    name: 'ingest of less than is expected',
    stdin: { text: 'hello' },
    argv: ['content', 'ingest', '--expected-size', '10', 'key'],
    ...goes,
  },
  {
    name: 'ingest of a negative size',
    stdin: { text: 'hello' },
    argv: ['content', 'ingest', '--expected-size', '-5', 'key'],
    ...goes,
  },
  {
    name: 'ingest of another digest',
    stdin: { text: 'hello1' },
    argv: ['content', 'ingest', '--expected-digest', missing, 'key'],
    ...goes,
  },
  {
    name: 'ingest with no digest',
    stdin: 'ended',
    argv: ['content', 'ingest', '--expected-digest', 'foo', 'key'],
    ...left,
  },
  {
    name: 'ingest with no number',
    argv: ['content', 'ingest', '--expected-size', 'x', 'key'],
    stdout: 'presence',
  },
  { name: 'ingest without a key', stdin: 'ended', argv: ['content', 'ingest'] },
  { name: 'ingest with an empty key', stdin: 'ended', argv: ['content', 'ingest', ''] },
  {
    name: 'ingest the rest of an unfinished one',
    unfinished: { key: 'hel' },
    stdin: { text: 'hello' },
    argv: ['content', 'ingest', 'key'],
    state: ['leases'], // the collector may have what nothing keeps at any time
    differs: ['ingest-goes-on-from-a-pipe'],
  },
];

const others: readonly CompatCase[] = [
  { name: 'delete', blobs: ['a', 'b'], argv: ['content', 'delete', digestOf('a')] },
  { name: 'delete two by alias', blobs: ['a', 'b'], argv: ['content', 'rm', digestOf('a'), digestOf('b')] },
  { name: 'delete by another alias', blobs: ['a'], argv: ['content', 'del', digestOf('a')] },
  { name: 'delete by the last alias', blobs: ['a'], argv: ['content', 'remove', digestOf('a')] },
  { name: 'delete nothing', argv: ['content', 'delete'] },
  { name: 'delete what is not there', argv: ['content', 'delete', missing] },
  { name: 'delete what is no digest, and more', blobs: ['a'], argv: ['content', 'rm', 'foo', digestOf('a')] },
  { name: 'label', blobs: ['a'], argv: ['content', 'label', digestOf('a'), 'x=y'], normalise: ['labels'] },
  {
    name: 'label without a value',
    blobs: ['a'],
    argv: ['content', 'label', digestOf('a'), 'x'],
    normalise: ['labels'],
  },
  {
    name: 'label by removing',
    blobs: ['a'],
    argv: ['content', 'label', digestOf('a'), 'x=y', 'containerd.io/gc.root='],
    state: [],
    normalise: ['labels'],
  },
  { name: 'label without labels', blobs: ['a'], argv: ['content', 'label', digestOf('a')] },
  {
    name: 'label with many',
    blobs: ['a'],
    argv: ['content', 'label', digestOf('a'), ...Array.from('abcdefghijklmnop', (letter) => `${letter}=1`)],
    differs: ['labels-sorted'],
  },
  { name: 'label nothing', argv: ['content', 'label'] },
  { name: 'label what is no digest', argv: ['content', 'label', 'foo', 'a=b'] },
  { name: 'label what is not there', argv: ['content', 'label', missing, 'a=b'] },
  { name: 'label what is not there, without labels', argv: ['content', 'label', missing] },
  { name: 'label with no key', blobs: ['a'], argv: ['content', 'label', digestOf('a'), '=x'] },
  {
    name: 'label with one that is too long',
    blobs: ['a'],
    argv: ['content', 'label', digestOf('a'), `${'k'.repeat(4000)}=${'v'.repeat(200)}`],
  },
];

const edit: readonly CompatCase[] = [
  { name: 'edit', blobs: ['a'], argv: ['content', 'edit', '--editor', 'echo b >>', digestOf('a')], ...left },
  {
    name: 'edit by renaming',
    blobs: ['a'],
    argv: ['content', 'edit', '--editor', 'sed -i s/a/c/', digestOf('a')],
  },
  {
    name: 'edit by the editor of the environment',
    blobs: ['a'],
    env: { EDITOR: 'echo d >>' },
    argv: ['content', 'edit', digestOf('a')],
  },
  {
    name: 'edit where XDG_RUNTIME_DIR says',
    blobs: ['a'],
    env: { XDG_RUNTIME_DIR: '{tmp}' },
    argv: ['content', 'edit', '--editor', 'ls {tmp} | wc -l; echo e >>', digestOf('a')],
  },
  {
    name: 'edit without an edit',
    blobs: ['a'],
    argv: ['content', 'edit', '--editor', 'true', digestOf('a')],
    ...left,
  },
  {
    name: 'edit with a failing editor',
    blobs: ['a'],
    argv: ['content', 'edit', '--editor', 'false', digestOf('a')],
    ...left,
  },
  {
    name: 'edit with an editor of another status',
    blobs: ['a'],
    argv: ['content', 'edit', '--editor', 'exit 3;', digestOf('a')],
  },
  { name: 'edit without an editor', blobs: ['a'], argv: ['content', 'edit', digestOf('a')] },
  { name: 'edit nothing', argv: ['content', 'edit', '--editor', 'true'] },
  { name: 'edit what is no digest', argv: ['content', 'edit', '--editor', 'true', 'foo'] },
  { name: 'edit what is not there', argv: ['content', 'edit', '--editor', 'true', missing] },
  { name: 'edit and validate', argv: ['content', 'edit', '--validate', 'x', missing] },
];

/** A fetch that works: what it leaves behind is compared; what it says on the way is for people. */
const fetches = (name: string, words: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `fetch ${name}`,
  argv: ['content', 'fetch', '--plain-http', ...words],
  stdout: 'ignored',
  ...quiet,
  ...more,
});
const refused = { differs: ['failure-leaves-no-namespace'] } satisfies Partial<CompatCase>;
const fetch: readonly CompatCase[] = [
  fetches('', ['{ref}'], { stdout: 'exact', differs: ['progress-lines'] }),
  fetches('again', ['{ref}'], { setup: fetched }),
  fetches('with labels', ['--label', 'a=b', '--label', 'c', '{ref}']),
  fetches('an index', ['{alpine}']),
  fetches('one platform', ['--platform', 'linux/arm64', '{alpine}']),
  fetches('two platforms', ['--platform', 'linux/arm64', '--platform', 'linux/amd64', '{alpine}']),
  fetches('all platforms', ['--all-platforms', '{alpine}']),
  fetches('all platforms and one', ['--all-platforms', '--platform', 'linux/arm64', '{alpine}']),
  fetches('a platform that is not there', ['--platform', 'linux/s390x', '{alpine}']),
  fetches('a platform that runs others', ['--skip-metadata', '--platform', 'linux/arm64/v9', '{alpine}']),
  fetches('without other metadata', ['--skip-metadata', '{alpine}']),
  fetches('all metadata', ['--all-metadata', '{alpine}']),
  fetches('metadata only', ['--metadata-only', '{alpine}']),
  fetches('metadata only, and no other', ['--metadata-only', '--skip-metadata', '{alpine}']),
  fetches('metadata only of one manifest', ['--metadata-only', '{ref}']),
  fetches('in docker’s media types', ['{nginx}']),
  {
    ...fetches('by the hosts directory', []),
    argv: ['content', 'fetch', '--hosts-dir', '{hosts}', 'docker.io/library/busybox:latest'],
  },
  fetches('an unknown tag', ['{registry}/library/busybox:nope'], refused),
  fetches('from nobody', ['127.0.0.1:1/x/y:1'], refused),
  fetches('without a host', ['busybox'], refused),
  { ...fetches('nothing', []), argv: ['content', 'fetch'], ...refused },
  fetches('a bad platform', ['--platform', 'bogus/x/y/z', '{ref}']),
  { ...fetches('with a certificate and no key', []), argv: ['content', 'fetch', '--tlscert', '/x', '{ref}'] },
  {
    ...fetches('with a missing authority', []),
    argv: ['content', 'fetch', '--tlscacert', '/nope.pem', '{ref}'],
  },
];

const busybox = '{registry}/library/busybox';
const remote: readonly CompatCase[] = [
  { name: 'fetch-object', argv: ['content', 'fetch-object', '--plain-http', '{ref}'] },
  { name: 'fetch-object of an index', argv: ['content', 'fetch-object', '--plain-http', '{alpine}'] },
  { name: 'fetch-object with hints', argv: ['content', 'fetch-object', '--plain-http', '{ref}', 'a', 'b'] },
  {
    name: 'fetch-object of a digest',
    argv: ['content', 'fetch-object', '--plain-http', `${busybox}@${manifest}`],
    ...quiet,
  },
  {
    name: 'fetch-object of a blob',
    argv: ['content', 'fetch-object', '--plain-http', `${busybox}@${config}`],
    ...quiet,
  },
  {
    name: 'fetch-object by the hosts directory',
    argv: ['content', 'fetch-object', '--hosts-dir', '{hosts}', 'docker.io/library/busybox:latest'],
    ...quiet,
  },
  {
    name: 'fetch-object without a daemon',
    bare: true,
    argv: ['-a', '/nope', 'content', 'fetch-object', '--plain-http', '{ref}'],
  },
  {
    name: 'fetch-object that is not there',
    argv: ['content', 'fetch-object', '--plain-http', `${busybox}:nope`],
    ...quiet,
  },
  {
    name: 'fetch-object of an unknown digest',
    argv: ['content', 'fetch-object', '--plain-http', `${busybox}@${missing}`],
    ...quiet,
  },
  {
    name: 'fetch-object of no digest',
    argv: ['content', 'fetch-object', '--plain-http', `${busybox}@foo`],
    ...quiet,
  },
  { name: 'fetch-object of no object', argv: ['content', 'fetch-object', '--plain-http', busybox] },
  { name: 'fetch-object of nothing', argv: ['content', 'fetch-object'] },
  {
    name: 'fetch-object from nobody',
    argv: ['content', 'fetch-object', '--plain-http', '127.0.0.1:1/x:y'],
    ...quiet,
  },
  { name: 'fetch-blob', argv: ['content', 'fetch-blob', '--plain-http', '{ref}', config] },
  { name: 'fetch-blob of two', argv: ['content', 'fetch-blob', '--plain-http', busybox, config, layer] },
  {
    name: 'fetch-blob of a manifest',
    argv: [
      'content',
      'fetch-blob',
      '--plain-http',
      '--media-type',
      'application/vnd.oci.image.manifest.v1+json',
      '{ref}',
      manifest,
    ],
  },
  {
    name: 'fetch-blob of another type',
    argv: ['content', 'fetch-blob', '--plain-http', '--media-type', 'x/y', '{ref}', config],
  },
  {
    name: 'fetch-blob that is not there',
    argv: ['content', 'fetch-blob', '--plain-http', '{ref}', config, missing],
    message: `library/busybox@${missing}: not found`,
    ...quiet,
  },
  { name: 'fetch-blob of no digest', argv: ['content', 'fetch-blob', '--plain-http', '{ref}', 'foo'] },
  { name: 'fetch-blob of nothing', argv: ['content', 'fetch-blob', '--plain-http', '{ref}'] },
  {
    name: 'fetch-blob from nobody',
    argv: ['content', 'fetch-blob', '--plain-http', '127.0.0.1:1/x:y', config],
    ...quiet,
  },
];

/** A repository that nobody has pushed to yet. */
const fresh = `{registry}/compat-${Date.now()}/{ns}:1`;
const push = (name: string, words: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `push-object ${name}`,
  argv: ['content', 'push-object', '--plain-http', ...words],
  ...quiet,
  ...more,
});
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const pushes: readonly CompatCase[] = [
  push('of a blob', [fresh, digestOf('blob'), 'application/octet-stream'], { blobs: ['blob'] }),
  push('of a large blob', [fresh, digestOf('x'.repeat(3_000_000)), 'a/b'], {
    blobs: ['x'.repeat(3_000_000)],
  }),
  push('without a type', [fresh, digestOf('untyped')], { blobs: ['untyped'] }),
  push('of what is there', ['{ref}', config, 'application/vnd.oci.image.config.v1+json'], { setup: fetched }),
  push('of a manifest that is there', ['{ref}', manifest, manifestType], { setup: fetched }),
  push('of a manifest by its digest', [`${busybox}@${manifest}`, manifest, manifestType], { setup: fetched }),
  push('of a manifest whose blobs are not there', [fresh, manifest, manifestType], { setup: fetched }),
  push('of what is not in the store', [fresh, missing, 'a/b']),
  push('of no digest', [fresh, 'foo', 'a/b']),
  push('of nothing', []),
  push('to no reference', ['http://a/b', hello, 'a/b']),
  push('to nobody', ['127.0.0.1:1/x:1', hello, 'a/b'], { blobs: ['hello'] }),
];

const prune: readonly CompatCase[] = [
  { name: 'prune references', setup: fetched, argv: ['content', 'prune', 'references'] },
  {
    name: 'prune old references too',
    setup: [
      ...fetched,
      [
        ...['content', 'label', manifest, `containerd.io/gc.ref.content.1=${layer}`],
        ...[`containerd.io/gc.ref.content.0=${config}`, `containerd.io/gc.ref.content.m.0=${config}`],
      ],
    ],
    argv: ['content', 'prune', 'references'],
  },
  { name: 'prune references, dry', setup: fetched, argv: ['content', 'prune', 'references', '--dry'] },
  {
    name: 'prune references of nothing, dry',
    argv: ['content', 'prune', 'references', '--dry'],
    differs: ['dry-is-dry'],
  },
  {
    name: 'prune references, not waiting',
    setup: fetched,
    argv: ['content', 'prune', 'references', '--async'],
  },
  { name: 'prune', argv: ['content', 'prune'], stdout: 'presence' },
  { name: 'prune what is not known', argv: ['content', 'prune', 'nope'] },
  { name: 'content alone', argv: ['content'], stdout: 'presence' },
];

/** `ctr content`: the store, and what goes in and out by registries. */
export const contentCases: readonly CompatCase[] = [
  ...[...list, ...active, ...get, ...ingest, ...others],
  ...[...edit, ...fetch, ...remote, ...pushes, ...prune],
];

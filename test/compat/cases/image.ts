import type { CompatCase } from '../../support/compat/case.js';
import { pulled, running } from './setup.js';

const labelled = [...pulled, ['image', 'label', '{ref}', 'one=1', 'two=2']];
const both = [...pulled, ['image', 'pull', '--plain-http', '{nginx}']];
const missingDigest = 'sha256:0000000000000000000000000000000000000000000000000000000000000000';

const list: readonly CompatCase[] = [
  { name: 'list nothing', argv: ['image', 'list'], alsoOwn: true },
  { name: 'list', setup: pulled, argv: ['image', 'list'], alsoOwn: true },
  { name: 'list two', setup: both, argv: ['images', 'ls'], alsoOwn: true },
  { name: 'list by the short alias', setup: pulled, argv: ['i', 'ls'], alsoOwn: true },
  { name: 'list with labels', setup: labelled, argv: ['image', 'ls'], alsoOwn: true },
  {
    name: 'list an index with one platform',
    setup: [['image', 'pull', '--plain-http', '{alpine}']],
    argv: ['image', 'ls'],
    alsoOwn: true,
  },
  {
    name: 'list an index with all platforms',
    setup: [['image', 'pull', '--plain-http', '--all-platforms', '{alpine}']],
    argv: ['image', 'ls'],
    alsoOwn: true,
  },
  { name: 'list names', setup: both, argv: ['image', 'list', '-q'], alsoOwn: true },
  { name: 'list names with the long flag', setup: both, argv: ['image', 'list', '--quiet'], alsoOwn: true },
  { name: 'list with a value for a boolean', setup: both, argv: ['image', 'list', '-q=true'], alsoOwn: true },
  {
    name: 'list with a boolean taken back',
    setup: both,
    argv: ['image', 'list', '--quiet=false'],
    alsoOwn: true,
  },
  { name: 'list by name', setup: both, argv: ['image', 'list', 'name=={ref}'], alsoOwn: true },
  { name: 'list by pattern', setup: both, argv: ['image', 'list', 'name~=nginx'], alsoOwn: true },
  { name: 'list by label', setup: labelled, argv: ['image', 'list', 'labels.one==1'], alsoOwn: true },
  {
    name: 'list by either filter',
    setup: both,
    argv: ['image', 'list', '-q', 'name=={ref}', 'name=={nginx}'],
    alsoOwn: true,
  },
  { name: 'list what matches nothing', setup: both, argv: ['image', 'list', 'name==nope'], alsoOwn: true },
  {
    name: 'list with an escape in a label',
    setup: [...pulled, ['image', 'label', '{ref}', 'a=\x1b[31mred']],
    argv: ['image', 'list'],
    differs: ['escapes-visible'],
  },
  { name: 'list by the bare word', setup: pulled, argv: ['images'], differs: ['images-lists'] },
  {
    name: 'list with a flag behind a filter',
    setup: pulled,
    argv: ['image', 'list', 'name=={ref}', '-q'],
    differs: ['flags-anywhere'],
  },
  {
    name: 'list with a flag behind a filter, as 1.x has it',
    setup: pulled,
    argv: ['image', 'list', 'name=={ref}', '-q'],
    versions: ['1.6', '1.7'],
    oracle: 'own',
  },
  {
    name: 'list by a pattern that is none',
    setup: pulled,
    argv: ['image', 'list', 'name~=['],
    alsoOwn: true,
  },
  { name: 'list with a bad filter', setup: pulled, argv: ['image', 'list', '|'] },
  { name: 'list with another bad filter', setup: pulled, argv: ['image', 'list', 'name=='] },
];

const remove: readonly CompatCase[] = [
  { name: 'delete', setup: pulled, argv: ['image', 'delete', '{ref}'], state: ['images'] },
  { name: 'delete by alias', setup: pulled, argv: ['image', 'rm', '{ref}'], state: ['images'] },
  { name: 'delete by another alias', setup: pulled, argv: ['i', 'del', '{ref}'], state: ['images'] },
  { name: 'delete and collect', setup: pulled, argv: ['image', 'remove', '--sync', '{ref}'] },
  { name: 'delete two', setup: both, argv: ['image', 'rm', '--sync', '{ref}', '{nginx}'] },
  { name: 'delete one twice', setup: pulled, argv: ['image', 'rm', '{ref}', '{ref}'], state: ['images'] },
  { name: 'delete what is not there', argv: ['image', 'rm', 'nope'] },
  {
    name: 'delete some that are there',
    setup: pulled,
    argv: ['image', 'rm', 'nope', '{ref}', 'neither'],
    state: ['images'],
  },
  { name: 'delete nothing', setup: pulled, argv: ['image', 'rm'] },
  { name: 'delete an empty name', setup: pulled, argv: ['image', 'rm', ''] },
  {
    name: 'delete one in use',
    setup: running,
    argv: ['image', 'rm', '--sync', '{ref}'],
    state: ['images', 'containers', 'tasks'],
  },
];

const tag: readonly CompatCase[] = [
  { name: 'tag', setup: pulled, argv: ['image', 'tag', '{ref}', 'docker.io/library/other:1'] },
  {
    name: 'tag with two names',
    setup: pulled,
    argv: ['image', 'tag', '{ref}', 'example.com/a:1', 'example.com/b:2'],
  },
  { name: 'tag one that has labels', setup: labelled, argv: ['image', 'tag', '{ref}', 'example.com/a:1'] },
  {
    name: 'tag over another',
    setup: [...both, ['image', 'tag', '{nginx}', 'example.com/a:1']],
    argv: ['image', 'tag', '{ref}', 'example.com/a:1'],
    versions: ['2.1'],
  },
  {
    name: 'tag over another by force',
    setup: [...both, ['image', 'tag', '{nginx}', 'example.com/a:1']],
    argv: ['image', 'tag', '--force', '{ref}', 'example.com/a:1'],
  },
  {
    name: 'tag over another by the client',
    setup: [...both, ['image', 'tag', '{nginx}', 'example.com/a:1']],
    argv: ['image', 'tag', '--local', '{ref}', 'example.com/a:1'],
  },
  { name: 'tag by the client', setup: pulled, argv: ['image', 'tag', '--local', '{ref}', 'example.com/a:1'] },
  {
    name: 'tag what is not there',
    argv: ['image', 'tag', 'nope', 'example.com/a:1'],
    differs: ['failure-leaves-no-namespace'],
  },
  {
    name: 'tag what is not there by the client',
    argv: ['image', 'tag', '--local', 'nope', 'example.com/a:1'],
    differs: ['failure-leaves-no-namespace'],
  },
  { name: 'tag nothing', argv: ['image', 'tag'] },
  { name: 'tag without a name', setup: pulled, argv: ['image', 'tag', '{ref}'] },
  { name: 'tag with a bad name', setup: pulled, argv: ['image', 'tag', '{ref}', 'UPPER:x:y'] },
  {
    name: 'tag with a bad name, unchecked',
    setup: pulled,
    argv: ['image', 'tag', '--skip-reference-check', '{ref}', 'UPPER:x:y'],
  },
];

const label: readonly CompatCase[] = [
  { name: 'label', setup: pulled, argv: ['image', 'label', '{ref}', 'a=b'] },
  {
    name: 'label twice',
    setup: labelled,
    argv: ['image', 'label', '{ref}', 'one=3', 'x=y'],
    normalise: ['labels'],
  },
  { name: 'label without a value', setup: pulled, argv: ['image', 'label', '{ref}', 'a'] },
  { name: 'label by removing', setup: labelled, argv: ['image', 'label', '{ref}', 'one='] },
  {
    name: 'label by replacing all',
    setup: labelled,
    argv: ['image', 'label', '--replace-all', '{ref}', 'new=1'],
  },
  {
    name: 'label by replacing all, short',
    setup: labelled,
    argv: ['image', 'label', '-r', '{ref}', 'new=1', 'b=c'],
    normalise: ['labels'],
  },
  {
    name: 'label with odd characters',
    setup: pulled,
    argv: ['image', 'label', '{ref}', 'a=b=c', 'k,l=m n', 'ü=ß'],
    normalise: ['labels'],
  },
  {
    name: 'label with an escape',
    setup: pulled,
    argv: ['image', 'label', '{ref}', 'a=\x1b]0;title\x07'],
    differs: ['escapes-visible'],
  },
  { name: 'label what is not there', argv: ['image', 'label', 'nope', 'a=b'] },
  { name: 'label nothing', argv: ['image', 'label'] },
  {
    name: 'label with one that is too long',
    setup: pulled,
    argv: ['image', 'label', '{ref}', `${'k'.repeat(4000)}=${'v'.repeat(200)}`],
  },
  {
    name: 'label without labels',
    setup: labelled,
    argv: ['image', 'label', '{ref}'],
    differs: ['label-prints'],
  },
  {
    name: 'label with many',
    setup: pulled,
    argv: ['image', 'label', '{ref}', ...Array.from('abcdefghijklmnop', (letter) => `${letter}=1`)],
    differs: ['labels-sorted'],
  },
];

/** A pull that works: what it leaves behind is compared; what it says on the way is for people. */
const pulls = (name: string, words: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `pull ${name}`,
  argv: ['image', 'pull', '--plain-http', ...words],
  stdout: 'ignored',
  ...more,
});
/** A pull that ctr refuses after it took a lease: on 1.x only where the daemon pulls on 2.x. */
const refused = (name: string, words: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `pull ${name}`,
  argv: ['image', 'pull', ...words],
  stdout: 'ignored',
  logs: 'ignored',
  differs: [{ name: 'failure-leaves-no-namespace', versions: ['1.6', '1.7'] }],
  ...more,
});
const always = { differs: ['failure-leaves-no-namespace'] } satisfies Partial<CompatCase>;

const pull: readonly CompatCase[] = [
  pulls('', ['{ref}'], { stdout: 'exact', differs: ['progress-lines'] }),
  pulls('by the client', ['--local', '{ref}'], {
    stdout: 'exact',
    logs: 'ignored',
    differs: ['progress-lines'],
  }),
  pulls('on whatever daemon', ['{ref}'], { asTyped: true, logs: 'ignored', differs: ['pulls-itself'] }),
  pulls('again', ['{ref}'], { setup: pulled, stdout: 'exact', differs: ['progress-lines'] }),
  pulls('and print the chain', ['--local', '--print-chainid', '{ref}'], {
    stdout: 'exact',
    logs: 'ignored',
    differs: ['progress-lines'],
  }),
  pulls('with labels', ['--label', 'a=b', '--label', 'c', '{ref}']),
  pulls('again with labels', ['--label', 'a=b', '{ref}'], { setup: labelled }),
  pulls('an index', ['{alpine}']),
  pulls('one platform', ['--platform', 'linux/arm64', '{alpine}']),
  pulls('two platforms', ['--platform', 'linux/arm64', '--platform', 'linux/amd64', '{alpine}']),
  pulls('all platforms', ['--all-platforms', '{alpine}']),
  pulls('without other metadata', ['--skip-metadata', '{alpine}']),
  pulls('in docker’s media types', ['{nginx}']),
  pulls('by the hosts directory', ['--hosts-dir', '{hosts}', 'docker.io/library/busybox:latest'], {
    logs: 'ignored',
  }),
  pulls('for another snapshotter', ['--snapshotter', 'native', '{ref}'], {
    probes: [['snapshot', '--snapshotter', 'native', 'list']],
  }),
  pulls('unverified', ['--skip-verify', '{ref}'], { versions: ['2.1'], differs: ['client-flags'] }),
  { name: 'pull nothing', argv: ['image', 'pull'] },
  pulls('one and all platforms', ['--platform', 'linux/amd64', '--all-platforms', '{ref}'], {
    versions: ['2.1'],
  }),
  refused('an unknown digest', ['--plain-http', `{registry}/library/busybox@${missingDigest}`]),
  refused('an unknown tag', ['--plain-http', '{registry}/library/busybox:nope']),
  refused('an unknown repository', ['--plain-http', '{registry}/library/nope:1']),
  refused('without a host', ['busybox'], always),
  refused('a bad platform', ['--plain-http', '--platform', 'bogus/x/y/z', '{ref}']),
  refused('platforms with a comma', ['--plain-http', '--platform', 'linux/amd64,linux/arm64', '{ref}']),
  refused('with a certificate and no key', ['--local', '--tlscert', '/x', '{ref}'], always),
  refused('with a missing authority', ['--local', '--tlscacert', '/nope.pem', '{ref}'], always),
  // What ctr leaves of it is another matter.
  refused('a platform that the index has not', ['--plain-http', '--platform', 'linux/s390x', '{alpine}'], {
    state: ['leases'],
    differs: [],
  }),
  refused('from nobody', ['--plain-http', '127.0.0.1:1/x/y:1']),
  refused('for an unknown snapshotter', ['--plain-http', '--snapshotter', 'nope', '{ref}'], {
    state: ['images', 'leases'],
    versions: ['1.6', '1.7'],
    differs: ['named-last'],
  }),
];

/** `ctr image`: list, delete, tag, label and pull. */
export const imageCases: readonly CompatCase[] = [...list, ...remove, ...tag, ...label, ...pull];

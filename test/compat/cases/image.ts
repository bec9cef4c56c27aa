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
  { name: 'tag what is not there', argv: ['image', 'tag', 'nope', 'example.com/a:1'] },
  {
    name: 'tag what is not there by the client',
    argv: ['image', 'tag', '--local', 'nope', 'example.com/a:1'],
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

const pull: readonly CompatCase[] = [
  { name: 'pull', argv: ['image', 'pull', '--plain-http', '{ref}'], differs: ['progress-lines'] },
  {
    name: 'pull by the client',
    argv: ['image', 'pull', '--local', '--plain-http', '{ref}'],
    logs: 'ignored',
    differs: ['progress-lines'],
  },
  {
    name: 'pull again',
    setup: pulled,
    argv: ['image', 'pull', '--plain-http', '{ref}'],
    differs: ['progress-lines'],
  },
  {
    name: 'pull with labels',
    argv: ['image', 'pull', '--plain-http', '--label', 'a=b', '--label', 'c', '{ref}'],
    stdout: 'ignored',
  },
  {
    name: 'pull again with labels',
    setup: labelled,
    argv: ['image', 'pull', '--plain-http', '--label', 'a=b', '{ref}'],
    stdout: 'ignored',
  },
  { name: 'pull an index', argv: ['image', 'pull', '--plain-http', '{alpine}'], stdout: 'ignored' },
  {
    name: 'pull one platform',
    argv: ['image', 'pull', '--plain-http', '--platform', 'linux/arm64', '{alpine}'],
    stdout: 'ignored',
  },
  {
    name: 'pull two platforms',
    argv: [
      'image',
      'pull',
      '--plain-http',
      '--platform',
      'linux/arm64',
      '--platform',
      'linux/amd64',
      '{alpine}',
    ],
    stdout: 'ignored',
  },
  {
    name: 'pull all platforms',
    argv: ['image', 'pull', '--plain-http', '--all-platforms', '{alpine}'],
    stdout: 'ignored',
  },
  {
    name: 'pull without other metadata',
    argv: ['image', 'pull', '--plain-http', '--skip-metadata', '{alpine}'],
    stdout: 'ignored',
  },
  {
    name: 'pull by the hosts directory',
    argv: ['image', 'pull', '--hosts-dir', '{hosts}', 'docker.io/library/busybox:latest'],
    stdout: 'ignored',
    logs: 'ignored',
  },
  { name: 'pull docker schemas', argv: ['image', 'pull', '--plain-http', '{nginx}'], stdout: 'ignored' },
  {
    name: 'pull by digest',
    argv: ['image', 'pull', '--plain-http', `{registry}/library/busybox@${missingDigest}`],
    stdout: 'ignored',
    logs: 'ignored',
    state: ['images'],
  },
  {
    name: 'pull an unknown tag',
    argv: ['image', 'pull', '--plain-http', '{registry}/library/busybox:nope'],
    stdout: 'ignored',
    logs: 'ignored',
  },
  {
    name: 'pull an unknown repository',
    argv: ['image', 'pull', '--plain-http', '{registry}/library/nope:1'],
    stdout: 'ignored',
    logs: 'ignored',
  },
  { name: 'pull without a host', argv: ['image', 'pull', 'busybox'], stdout: 'ignored', logs: 'ignored' },
  { name: 'pull nothing', argv: ['image', 'pull'] },
  {
    name: 'pull a bad platform',
    argv: ['image', 'pull', '--plain-http', '--platform', 'bogus/x/y/z', '{ref}'],
    stdout: 'ignored',
  },
  {
    name: 'pull platforms with a comma',
    argv: ['image', 'pull', '--plain-http', '--platform', 'linux/amd64,linux/arm64', '{ref}'],
    stdout: 'ignored',
  },
  {
    name: 'pull one and all platforms',
    argv: ['image', 'pull', '--plain-http', '--platform', 'linux/amd64', '--all-platforms', '{ref}'],
    stdout: 'ignored',
    versions: ['2.1'],
  },
  {
    name: 'pull with a certificate and no key',
    argv: ['image', 'pull', '--local', '--tlscert', '/x', '{ref}'],
    stdout: 'ignored',
  },
  {
    name: 'pull with a missing authority',
    argv: ['image', 'pull', '--local', '--tlscacert', '/nope.pem', '{ref}'],
    stdout: 'ignored',
    logs: 'ignored',
  },
  {
    name: 'pull from nobody',
    argv: ['image', 'pull', '--plain-http', '127.0.0.1:1/x/y:1'],
    stdout: 'ignored',
    logs: 'ignored',
  },
  {
    name: 'pull for an unknown snapshotter',
    argv: ['image', 'pull', '--plain-http', '--snapshotter', 'nope', '{ref}'],
    stdout: 'ignored',
    logs: 'ignored',
    state: ['images', 'leases'],
  },
  {
    name: 'pull for another snapshotter',
    argv: ['image', 'pull', '--plain-http', '--snapshotter', 'native', '{ref}'],
    stdout: 'ignored',
    probes: [['snapshot', '--snapshotter', 'native', 'list']],
  },
  {
    name: 'pull unverified',
    argv: ['image', 'pull', '--plain-http', '--skip-verify', '{ref}'],
    differs: ['client-flags'],
    stdout: 'ignored',
    versions: ['2.1'],
  },
  {
    name: 'pull and print the chain',
    argv: ['image', 'pull', '--local', '--plain-http', '--print-chainid', '{ref}'],
    logs: 'ignored',
    differs: ['progress-lines'],
  },
];

/** `ctr image`: list, delete, tag, label and pull. */
export const imageCases: readonly CompatCase[] = [...list, ...remove, ...tag, ...label, ...pull];

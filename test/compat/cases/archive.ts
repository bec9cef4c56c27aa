import {
  dockerArchive,
  foreignArchive,
  ociArchive,
  ociParts,
  tar,
  type DockerOptions,
} from '../../support/archive.js';
import type { Argv, CompatCase } from '../../support/compat/case.js';
import { foreign, foreignName, pulled } from './setup.js';

const nginx: readonly Argv[] = [['image', 'pull', '--plain-http', '{nginx}']];
const alpine: readonly Argv[] = [['image', 'pull', '--plain-http', '--all-platforms', '{alpine}']];
const onePlatform: readonly Argv[] = [['image', 'pull', '--plain-http', '{alpine}']];
const renamed: readonly Argv[] = [
  ...pulled,
  ['image', 'tag', '{ref}', 'docker.io/library/box:1'],
  ['image', 'tag', '{ref}', 'docker.io/me/box:2'],
];

/** An archive of an image of ctr's; the image itself is gone again. */
const archived = (ref: string, setup: readonly Argv[], ...flags: readonly string[]): readonly Argv[] => [
  ...setup,
  ['image', 'export', ...flags, '{tmp}/in.tar', ref],
  ['image', 'rm', '--sync', ref],
];
const busybox = archived('{ref}', pulled);
const everyPlatform = archived('{alpine}', alpine, '--all-platforms');

/** An archive as a text: those of test/support/archive.ts hold nothing but ASCII. */
const text = (archive: Buffer): string => archive.toString('latin1');
const docker = (options: DockerOptions = {}): NonNullable<CompatCase['files']> => ({
  'in.tar': text(dockerArchive(options)),
});
const oci = (options: Parameters<typeof ociArchive>[0]): NonNullable<CompatCase['files']> => ({
  'in.tar': text(ociArchive(options)),
});

const foreignExports: readonly CompatCase[] = [
  { name: 'export a foreign layer', ...foreign, argv: ['image', 'export', '--local', '-', foreignName] },
  {
    name: 'export all but a foreign layer',
    ...foreign,
    argv: ['image', 'export', '--local', '--skip-non-distributable', '-', foreignName],
  },
  { name: 'check what has a foreign layer', ...foreign, argv: ['image', 'check'] },
];

const exports: readonly CompatCase[] = [
  ...foreignExports,
  { name: 'export to stdout', setup: pulled, argv: ['image', 'export', '-', '{ref}'] },
  { name: 'export by alias', setup: nginx, argv: ['i', 'export', '-', '{nginx}'] },
  {
    name: 'export by the client',
    setup: nginx,
    argv: ['images', 'export', '--local', '-', '{nginx}'],
  },
  {
    name: 'export to a file',
    setup: pulled,
    argv: ['image', 'export', '{tmp}/out.tar', '{ref}'],
    probes: [
      ['image', 'rm', '--sync', '{ref}'],
      ['image', 'import', '--no-unpack', '{tmp}/out.tar'],
      ['image', 'ls', '-q'],
    ],
    stdout: 'exact',
    versions: ['1.6', '1.7'],
  },
  {
    name: 'export several',
    setup: [...pulled, ...nginx],
    argv: ['image', 'export', '--skip-manifest-json', '-', '{ref}', '{nginx}'],
  },
  {
    name: 'export names of one image',
    setup: renamed,
    argv: ['image', 'export', '-', '{ref}', 'docker.io/library/box:1', 'docker.io/me/box:2'],
  },
  { name: 'export one twice', setup: pulled, argv: ['image', 'export', '-', '{ref}', '{ref}'] },
  {
    name: "export without docker's manifest",
    setup: pulled,
    argv: ['image', 'export', '--skip-manifest-json', '-', '{ref}'],
  },
  {
    name: 'export without foreign layers',
    setup: nginx,
    argv: ['image', 'export', '--skip-non-distributable', '-', '{nginx}'],
  },
  { name: 'export an index', setup: onePlatform, argv: ['image', 'export', '-', '{alpine}'] },
  {
    name: 'export every platform',
    setup: alpine,
    argv: ['image', 'export', '--all-platforms', '-', '{alpine}'],
  },
  {
    name: 'export every platform by the client',
    setup: alpine,
    argv: ['image', 'export', '--local', '--all-platforms', '-', '{alpine}'],
  },
  {
    name: 'export another platform',
    setup: alpine,
    argv: ['image', 'export', '--platform', 'linux/arm64', '-', '{alpine}'],
  },
  {
    name: 'export two platforms',
    setup: alpine,
    argv: ['image', 'export', '--platform', 'linux/arm64', '--platform', 'linux/amd64', '-', '{alpine}'],
  },
  {
    name: 'export a platform that is not there',
    setup: alpine,
    argv: ['image', 'export', '--local', '--platform', 'linux/s390x', '-', '{alpine}'],
  },
  {
    name: 'export with a bad platform',
    setup: pulled,
    argv: ['image', 'export', '--platform', 'a/b/c/d', '{tmp}/out.tar', '{ref}'],
    message: 'invalid platform a/b/c/d',
  },
  {
    name: 'export what is not there',
    argv: ['image', 'export', '{tmp}/out.tar', 'nope'],
    state: ['images', 'leases', 'content'],
  },
  {
    name: 'export what is not there by the client',
    argv: ['image', 'export', '--local', '-', 'nope'],
  },
  {
    name: 'export into a folder that is not there',
    setup: pulled,
    argv: ['image', 'export', '{tmp}/no/out.tar', '{ref}'],
  },
  { name: 'export into a folder', setup: pulled, argv: ['image', 'export', '{tmp}', '{ref}'] },
  { name: 'export without an image', argv: ['image', 'export', '{tmp}/out.tar'] },
  { name: 'export nothing', argv: ['image', 'export'] },
];

/** What the daemon's own reading of an archive says is progress; by the client the lines are compared. */
const imports = (
  name: string,
  words: readonly string[],
  more: Partial<CompatCase> = {},
): readonly CompatCase[] => [
  { name: `import ${name}`, argv: ['image', 'import', ...words], stdout: 'ignored', ...more },
  { name: `import ${name} by the client`, argv: ['image', 'import', '--local', ...words], ...more },
];
const local = (
  name: string,
  words: readonly string[],
  more: Partial<CompatCase> = {},
): readonly CompatCase[] => imports(name, words, more).slice(1);
const there = (
  name: string,
  words: readonly string[],
  more: Partial<CompatCase> = {},
): readonly CompatCase[] => imports(name, words, more).slice(0, 1);

const tagOnly = oci({ text: 'tag', tag: 'latest' });
const fullTag = oci({ text: 'full', tag: 'docker.io/library/box:1' });
const fullName = oci({ text: 'name', name: 'docker.io/library/box:1', tag: '1' });
const nameless = oci({ text: 'none' });

const imported: readonly CompatCase[] = [
  ...imports("of ctr's", ['{tmp}/in.tar'], { setup: busybox }),
  ...imports('over what is there', ['{tmp}/in.tar'], {
    setup: [...pulled, ['image', 'export', '{tmp}/in.tar', '{ref}'], ['image', 'label', '{ref}', 'a=b']],
  }),
  ...imports('without unpacking', ['--no-unpack', '{tmp}/in.tar'], { setup: busybox }),
  ...imports('with labels', ['--label', 'a=b', '--label', 'c', '{tmp}/in.tar'], { setup: busybox }),
  ...imports('with a foreign layer', ['{tmp}/in.tar'], { files: foreign.files }),
  ...imports('without its foreign layer', ['--no-unpack', '{tmp}/in.tar'], {
    files: { 'in.tar': text(foreignArchive(foreignName, { lacking: true })) },
  }),
  ...imports('with an index name', ['--index-name', 'docker.io/library/index:1', '{tmp}/in.tar'], {
    setup: busybox,
  }),
  ...imports('into a snapshotter', ['--snapshotter', 'native', '{tmp}/in.tar'], { setup: busybox }),
  ...imports('an index', ['{tmp}/in.tar'], { setup: archived('{alpine}', onePlatform) }),
  ...imports('one platform', ['--platform', 'linux/arm64', '--no-unpack', '{tmp}/in.tar'], {
    setup: everyPlatform,
  }),
  ...imports('every platform', ['--all-platforms', '{tmp}/in.tar'], { setup: everyPlatform }),
  ...local('and flush', ['--sync-fs', '{tmp}/in.tar'], { setup: busybox }),
  ...local('and discard layers', ['--discard-unpacked-layers', '{tmp}/in.tar'], { setup: busybox }),
  ...imports('a tag', ['--no-unpack', '{tmp}/in.tar'], { files: tagOnly }),
  ...imports('a tag below a base', ['--base-name', 'docker.io/library/box', '{tmp}/in.tar'], {
    files: tagOnly,
  }),
  ...imports('a name', ['{tmp}/in.tar'], { files: fullName }),
  ...imports('a name as tag', ['{tmp}/in.tar'], { files: fullTag }),
  ...imports('a name as tag below its base', ['--base-name', 'docker.io/library', '{tmp}/in.tar'], {
    files: fullTag,
  }),
  ...local('a name as tag below another base', ['--base-name', 'docker.io/lib', '{tmp}/in.tar'], {
    files: fullTag,
  }),
  ...imports('by digest', ['--digests', '--base-name', 'docker.io/library/box', '{tmp}/in.tar'], {
    files: tagOnly,
  }),
  ...imports(
    'by digest what has no name',
    ['--digests', '--skip-digest-for-named', '--base-name', 'docker.io/library/box', '{tmp}/in.tar'],
    { files: tagOnly },
  ),
  ...imports('by digest alone', ['--digests', '--base-name', 'docker.io/library/box', '{tmp}/in.tar'], {
    files: nameless,
  }),
  ...local('without a name', ['{tmp}/in.tar'], { files: nameless }),
  ...imports("of docker's", ['{tmp}/in.tar'], { files: docker() }),
  ...there("of docker's and compress", ['--compress-blobs', '{tmp}/in.tar'], {
    files: docker({ text: 'compress' }),
    versions: ['2.1'],
  }),
  ...local("of docker's and compress", ['--compress-blobs', '{tmp}/in.tar'], {
    files: docker({ text: 'compress' }),
    differs: ['own-gzip'],
  }),
  ...imports("of docker's with two tags", ['{tmp}/in.tar'], {
    files: docker({ tags: ['a/b:1', 'localhost:5000/c:2'] }),
  }),
  ...imports("of docker's with a linked layer", ['{tmp}/in.tar'], {
    files: docker({ linked: true, text: 'linked' }),
  }),
  ...imports("of docker's for another platform", ['--platform', 'linux/arm64', '{tmp}/in.tar'], {
    files: docker({ architecture: 'arm64', text: 'arm' }),
  }),
  ...local("of docker's with an index name", ['--index-name', 'docker.io/library/index:1', '{tmp}/in.tar'], {
    files: docker(),
  }),
  ...local(
    "of docker's without tags",
    ['--digests', '--base-name', 'docker.io/library/box', '{tmp}/in.tar'],
    {
      files: docker({ tags: null }),
    },
  ),
  ...local('from stdin', ['-'], { stdin: { text: text(dockerArchive({ text: 'stdin' })) } }),
  ...there('from stdin', ['-'], { stdin: { text: text(dockerArchive({ text: 'stdin' })) } }),
];

const bare = { state: ['images', 'snapshots', 'leases'] } satisfies Partial<CompatCase>;
const broken = (members: Parameters<typeof tar>[0]): NonNullable<CompatCase['files']> => ({
  'in.tar': text(tar(members)),
});
const parts = ociParts({ text: 'parts', name: 'docker.io/library/box:1' });

const refusals: readonly CompatCase[] = [
  { name: 'import nothing', argv: ['image', 'import'], ...bare },
  { name: 'import what is not there', argv: ['image', 'import', '{tmp}/no.tar'], ...bare },
  ...local('an empty archive', ['{tmp}/in.tar'], { files: broken([]), ...bare }),
  ...local('a layout of another version', ['{tmp}/in.tar'], {
    files: broken([{ name: 'oci-layout', content: '{"imageLayoutVersion":"9.9"}' }]),
    ...bare,
  }),
  ...local('a layout without an index', ['{tmp}/in.tar'], { files: broken([parts.layout]), ...bare }),
  ...local('a docker archive without its config', ['{tmp}/in.tar'], {
    files: docker({ manifest: [{ Config: 'no.json', RepoTags: ['a:1'], Layers: [] }] }),
    ...bare,
  }),
  ...local('a docker archive without its layer', ['{tmp}/in.tar'], {
    files: {
      'in.tar': text(
        tar([
          { name: 'c.json', content: '{"architecture":"amd64","os":"linux"}' },
          { name: 'manifest.json', content: '[{"Config":"c.json","RepoTags":["a:1"],"Layers":["no.tar"]}]' },
        ]),
      ),
    },
    ...bare,
  }),
  ...local('a docker archive with a bad tag', ['{tmp}/in.tar'], {
    files: docker({ tags: ['UPPER:x'] }),
    ...bare,
  }),
  ...local('another platform', ['{tmp}/in.tar'], {
    files: docker({ architecture: 's390x', text: 'z' }),
    ...bare,
  }),
  {
    name: 'import and skip digests without digests',
    argv: ['image', 'import', '--local', '--skip-digest-for-named', '{tmp}/in.tar'],
    files: docker(),
  },
  {
    name: 'import and discard what is not unpacked',
    argv: ['image', 'import', '--local', '--discard-unpacked-layers', '--no-unpack', '{tmp}/in.tar'],
    files: docker(),
  },
  {
    name: 'import and discard layers there',
    argv: ['image', 'import', '--discard-unpacked-layers', '{tmp}/in.tar'],
    files: docker(),
    versions: ['2.1'],
  },
];

const convert = (name: string, words: readonly string[], more: Partial<CompatCase> = {}): CompatCase => ({
  name: `convert ${name}`,
  argv: ['image', 'convert', ...words],
  ...more,
});

/** A pull of every platform unpacks none. */
const unread = { differs: ['layers-left-unread'] } satisfies Partial<CompatCase>;

const converted: readonly CompatCase[] = [
  convert("docker's types", ['--oci', '{nginx}', 'docker.io/library/new:1'], { setup: nginx }),
  convert('an OCI image', ['--oci', '{ref}', 'docker.io/library/new:1'], { setup: pulled }),
  convert('without compression', ['--uncompress', '{nginx}', 'docker.io/library/new:1'], { setup: nginx }),
  convert('both', ['--oci', '--uncompress', '{nginx}', 'docker.io/library/new:1'], { setup: nginx }),
  convert('nothing of it', ['{ref}', 'docker.io/library/new:1'], { setup: pulled }),
  convert('to one platform', ['{alpine}', 'docker.io/library/new:1'], { setup: alpine, ...unread }),
  convert('to another platform', ['--platform', 'linux/arm64', '{alpine}', 'docker.io/library/new:1'], {
    setup: alpine,
    logs: 'ignored',
    state: ['content', 'leases', 'snapshots'],
    ...unread,
  }),
  convert('every platform', ['--all-platforms', '--uncompress', '{alpine}', 'docker.io/library/new:1'], {
    setup: alpine,
  }),
  convert('to its own name', ['--uncompress', '{ref}', '{ref}'], { setup: pulled }),
  convert('over another', ['--uncompress', '{ref}', '{nginx}'], { setup: [...pulled, ...nginx] }),
  convert('one with labels', ['--uncompress', '{ref}', 'docker.io/library/new:1'], {
    setup: [...pulled, ['image', 'label', '{ref}', 'a=b']],
  }),
  convert('what is not there', ['--oci', 'nope', 'docker.io/library/new:1'], bare),
  convert('with a bad platform', ['--platform', 'a/b/c/d', '{ref}', 'docker.io/library/new:1'], {
    setup: pulled,
  }),
  convert('without a target', ['{ref}'], { setup: pulled }),
  convert('nothing', []),
];

/** What image export, import and convert do, on every daemon. */
export const archiveCases: readonly CompatCase[] = [...exports, ...imported, ...refusals, ...converted];

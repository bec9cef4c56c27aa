import type { Argv, CompatCase } from '../../support/compat/case.js';
import { digestOf } from '../../support/compat/content.js';
import { labImage } from '../../support/lab-image.js';
import { pulled } from './setup.js';

/**
 * Two ways into a registry over TLS, see test/support/registry/guarded.ts: by a login, where nobody looks at the
 * certificate, and by a client's certificate with a token. Each uses the flags that go with it, all at once.
 */
const byLogin = ['--skip-verify', '--user', '{account}', '--http-dump', '--http-trace'];
const byToken = [
  ...['--tlscacert', '{ca}', '--tlscert', '{cert}', '--tlskey', '{key}'],
  ...['--refresh', '{refresh}', '--hosts-dir', '{tmp}/hosts'],
];
const hosts = {
  files: {
    'hosts/_default/hosts.toml':
      'server = "https://{token}"\n[host."https://{token}".header]\nx-door = "{door}"\n',
  },
};
/** By the daemon: it gets its certificates from the folder of hosts alone. */
const there = ['--user', '{account}', '--hosts-dir', '{tmp}/hosts'];
const trusted = {
  files: {
    'hosts/_default/hosts.toml': 'server = "https://{login}"\n[host."https://{login}"]\nca = "{ca}"\n',
  },
  versions: ['2.1'],
} satisfies Partial<CompatCase>;
const { config } = await labImage();
const box = 'library/busybox';
/** What is dumped is compared once; elsewhere it is what is done that counts. */
const quiet = { logs: 'ignored' } satisfies Partial<CompatCase>;
/** Nothing that depends on the daemon is asked of it. */
const clientOnly = { anyDaemon: true } satisfies Partial<CompatCase>;

const fetches: readonly CompatCase[] = [
  {
    name: 'fetch by login',
    argv: ['content', 'fetch', ...byLogin, `{login}/${box}:latest`],
    stdout: 'ignored',
    ...quiet,
  },
  {
    name: 'fetch by token',
    ...hosts,
    argv: ['content', 'fetch', ...byToken, `{token}/${box}:latest`],
    stdout: 'ignored',
  },
  {
    name: 'fetch-blob by login',
    argv: ['content', 'fetch-blob', ...byLogin, `{login}/${box}:latest`, config],
    ...clientOnly,
    ...quiet,
  },
  {
    name: 'fetch-blob by token',
    ...hosts,
    argv: ['content', 'fetch-blob', ...byToken, `{token}/${box}:latest`, config],
    ...clientOnly,
  },
  {
    name: 'fetch-object by login',
    argv: ['content', 'fetch-object', ...byLogin, `{login}/${box}:latest`],
    ...clientOnly,
    ...quiet,
  },
  {
    name: 'fetch-object and dump',
    argv: ['content', 'fetch-object', '-k', '-u', '{account}', '--http-dump', `{login}/${box}:latest`],
    differs: ['login-not-dumped'],
    ...clientOnly,
  },
  {
    name: 'fetch-object by token',
    ...hosts,
    argv: ['content', 'fetch-object', ...byToken, `{token}/${box}:latest`],
    ...clientOnly,
  },
];

/** A repository that nobody has pushed to yet; the same behind every way in. */
const fresh = `compat-registry-${Date.now()}/{ns}`;
const back = (tag: string, mark = ':'): readonly Argv[] => [
  ['content', 'fetch-object', '--plain-http', `{registry}/${fresh}${mark}${tag}`],
];

const pushObjects: readonly CompatCase[] = [
  {
    name: 'push-object by login',
    blobs: ['by login'],
    argv: ['content', 'push-object', ...byLogin, `{login}/${fresh}:1`, digestOf('by login'), 'a/b'],
    probes: back(digestOf('by login'), '@'),
    ...quiet,
  },
  {
    name: 'push-object by token',
    ...hosts,
    blobs: ['by token'],
    argv: ['content', 'push-object', ...byToken, `{token}/${fresh}:1`, digestOf('by token'), 'a/b'],
    probes: back(digestOf('by token'), '@'),
    ...quiet,
  },
];

const pulls: readonly CompatCase[] = [
  {
    name: 'pull by login',
    argv: [
      ...['image', 'pull', '--local', ...byLogin],
      ...['--all-metadata', '--max-concurrent-downloads', '1', '{login}/library/alpine:3'],
    ],
    stdout: 'ignored',
    ...quiet,
  },
  {
    name: 'pull by token',
    ...hosts,
    argv: ['image', 'pull', '--local', ...byToken, '--sync-fs', `{token}/${box}:latest`],
    stdout: 'ignored',
  },
  {
    name: 'pull by login there',
    ...trusted,
    argv: ['image', 'pull', ...there, '--all-metadata', '{login}/library/alpine:3'],
    stdout: 'ignored',
  },
];

const pushes: readonly CompatCase[] = [
  {
    name: 'push by login',
    setup: pulled,
    argv: [
      ...['image', 'push', '--local', ...byLogin],
      ...['--max-concurrent-uploaded-layers', '1', '--allow-non-distributable-blobs'],
      ...[`{login}/${fresh}:2`, '{ref}'],
    ],
    stdout: 'ignored',
    probes: back('2'),
    ...quiet,
  },
  {
    name: 'push by token',
    ...hosts,
    setup: pulled,
    argv: ['image', 'push', '--local', ...byToken, `{token}/${fresh}:3`, '{ref}'],
    stdout: 'ignored',
    probes: back('3'),
  },
  {
    name: 'push by login there',
    ...trusted,
    setup: pulled,
    argv: ['image', 'push', ...there, `{login}/${fresh}:4`, '{ref}'],
    stdout: 'ignored',
    probes: back('4'),
  },
];

/** The flags of a registry's client, each by its own. */
export const registryCases: readonly CompatCase[] = [...fetches, ...pushObjects, ...pulls, ...pushes].map(
  (subject) => ({ ...subject, succeeds: true }),
);

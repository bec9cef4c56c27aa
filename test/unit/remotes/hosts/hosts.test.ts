import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { hostDirectoryNames } from '../../../../src/remotes/hosts/hosts-dir.js';
import { findHosts, type HostsOptions } from '../../../../src/remotes/hosts/hosts.js';
import { loadTlsFlags } from '../../../../src/remotes/tls-flags.js';
import { defaultTls } from '../../../../src/remotes/tls-settings.js';
import { type Certificates, makeCertificates } from '../../../support/registry/certificates.js';

const plain: HostsOptions = { plainHttp: false, tls: defaultTls, hasLogin: false };
let root: string;
let certificates: Certificates;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tctr-hosts-'));
  certificates = await makeCertificates();
});

afterAll(async () => {
  await rm(root, { recursive: true });
  await certificates.remove();
});

async function directory(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(join(root, name), { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(root, name, file), text);
}

describe('without a hosts directory', () => {
  // [registry, options, scheme://host, verification, falls back to http]
  test.each<readonly [string, Partial<HostsOptions>, string, string, boolean]>([
    ['docker.io', {}, 'https://registry-1.docker.io', 'no', false],
    ['docker.io', { plainHttp: true }, 'https://registry-1.docker.io', 'no', false],
    ['quay.io', {}, 'https://quay.io', 'no', false],
    ['quay.io:5000', {}, 'https://quay.io:5000', 'no', false],
    ['quay.io', { plainHttp: true }, 'http://quay.io', 'no', false],
    ['localhost', {}, 'https://localhost', 'loopback', false],
    ['localhost:443', {}, 'https://localhost:443', 'loopback', false],
    ['localhost:80', {}, 'http://localhost:80', 'loopback', false],
    ['localhost:5000', {}, 'https://localhost:5000', 'loopback', true],
    ['127.0.0.1:5000', {}, 'https://127.0.0.1:5000', 'loopback', true],
    ['[::1]:5000', {}, 'https://[::1]:5000', 'loopback', true],
    ['localhost:5000', { plainHttp: true }, 'http://localhost:5000', 'no', false],
    ['localhost:5000', { hasLogin: true }, 'https://localhost:5000', 'no', false],
    ['localhost:5000', { tls: { ...defaultTls, roots: 'x' } }, 'https://localhost:5000', 'no', false],
    [
      'localhost:5000',
      { tls: { ...defaultTls, clientPairs: [{ cert: '', key: '' }] } },
      'https://localhost:5000',
      'no',
      false,
    ],
    [
      'localhost:5000',
      { tls: { ...defaultTls, skipVerify: 'flag' } },
      'https://localhost:5000',
      'flag',
      true,
    ],
    ['localhost.example.com:5000', {}, 'https://localhost.example.com:5000', 'no', false],
  ])('%s %j', async (registry, options, place, skipVerify, mayFallBack) => {
    const [host] = await findHosts(registry, { ...plain, ...options });
    expect(`${host?.scheme}://${host?.host}`).toBe(place);
    expect({
      skipVerify: host?.tls.skipVerify,
      mayFallBack: host?.mayFallBack,
      namespace: host?.namespace,
    }).toEqual({
      skipVerify,
      mayFallBack,
      namespace: undefined,
    });
  });
});

describe('hosts directories', () => {
  test('have names for every file system', () => {
    expect(hostDirectoryNames('h:5000')).toEqual(['h_5000_', 'h:5000', '_default']);
    expect(hostDirectoryNames('docker.io')).toEqual(['docker.io', '_default']);
    expect(hostDirectoryNames('..')).toEqual(['_default']);
  });

  test('mirrors come in the file’s order, with their namespace, and the registry last', async () => {
    await directory('docker.io', {
      'hosts.toml':
        '[host."https://z.test"]\ncapabilities=["pull"]\n[host."http://a.test:5000"]\n[host."https://registry-1.docker.io"]',
    });
    const hosts = await findHosts('docker.io', { ...plain, hostsDir: root });
    expect(
      hosts.map(({ scheme, host, namespace, credentialHost }) => [scheme, host, namespace, credentialHost]),
    ).toEqual([
      ['https', 'z.test', 'docker.io', 'z.test'],
      ['http', 'a.test:5000', 'docker.io', 'a.test:5000'],
      ['https', 'registry-1.docker.io', undefined, 'docker.io'],
      ['https', 'registry-1.docker.io', undefined, 'docker.io'],
    ]);
  });

  test('_default serves every other registry', async () => {
    await directory('_default', { 'hosts.toml': '[host."https://all.test"]' });
    const hosts = await findHosts('other.test:1', { ...plain, hostsDir: root });
    expect(hosts.map(({ host, namespace }) => [host, namespace])).toEqual([
      ['all.test', 'other.test:1'],
      ['other.test:1', undefined],
    ]);
  });

  test('a mirror is not shown the certificate of the command line', async () => {
    await directory('mirrored.test', { 'hosts.toml': '[host."https://m.test"]' });
    const pair = { cert: 'c', key: 'k' };
    const hosts = await findHosts('mirrored.test', {
      ...plain,
      hostsDir: root,
      tls: { ...defaultTls, clientPairs: [pair] },
    });
    expect(hosts.map(({ tls }) => tls.clientPairs)).toEqual([[], [pair]]);
  });

  test('a loopback registry with a header of its own is not spoken to in clear', async () => {
    await directory('localhost_5000_', { 'hosts.toml': '[header]\nx-api-key = "canary"' });
    const [host] = await findHosts('localhost:5000', { ...plain, hostsDir: root });
    expect(host).toMatchObject({
      mayFallBack: false,
      headers: [['x-api-key', 'canary']],
      tls: { skipVerify: 'no' },
    });
  });

  test('docker’s certificate files', async () => {
    const { good, client } = certificates;
    await directory('certs.test_5000_', {
      'ca.crt': good.cert,
      'me.cert': client.cert,
      'me.key': client.key,
      'readme.txt': '',
    });
    const [host] = await findHosts('certs.test:5000', { ...plain, hostsDir: root });
    expect(host?.tls).toMatchObject({
      extraRoots: [good.cert],
      clientPairs: [{ cert: client.cert, key: client.key }],
    });
  });

  test.each<readonly [string, Record<string, string>, string]>([
    [
      'bad1.test',
      { 'hosts.toml': 'ca = "none.crt"' },
      'unable to read CA cert "ROOT/bad1.test/none.crt": open ROOT/bad1.test/none.crt: no such file or directory',
    ],
    [
      'bad2.test',
      { 'hosts.toml': 'ca = "x.crt"', 'x.crt': 'no PEM' },
      'unable to load CA cert "ROOT/bad2.test/x.crt"',
    ],
    [
      'bad3.test',
      { 'hosts.toml': 'client = "x.pem"', 'x.pem': 'no PEM' },
      'failed to load X509 key pair "ROOT/bad3.test/x.pem": tls: failed to find any PEM data in certificate input',
    ],
    [
      'bad4.test',
      { 'me.cert': '' },
      'missing key ROOT/bad4.test/me.key for client certificate ROOT/bad4.test/me.cert',
    ],
    [
      'bad5.test',
      { 'hosts.toml': '#'.repeat((1 << 20) + 1) },
      'ROOT/bad5.test/hosts.toml is larger than 1048576 bytes',
    ],
  ])('%s', async (registry, files, message) => {
    await directory(registry, files);
    await expect(findHosts(registry, { ...plain, hostsDir: root })).rejects.toThrow(
      message.replaceAll('ROOT', root),
    );
  });
});

describe('loadTlsFlags', () => {
  const none = '/nonexistent/x';
  test.each([
    [{ certFile: 'x' }, 'flags --tlscert and --tlskey must be set together'],
    [{ keyFile: 'x' }, 'flags --tlscert and --tlskey must be set together'],
    [{ caFile: none }, `failed to read "${none}": open ${none}: no such file or directory`],
    [{ caFile: '/dev/null' }, 'failed to load TLS CAs from "/dev/null": invalid data'],
    [
      { certFile: none, keyFile: none },
      `failed to load TLS client credentials (cert="${none}", key="${none}"): open ${none}: no such file or directory`,
    ],
    [
      { certFile: '/dev/null', keyFile: '/dev/null' },
      'failed to load TLS client credentials (cert="/dev/null", key="/dev/null"): tls: failed to find any PEM data in certificate input',
    ],
  ])('%j', async (flags, message) => {
    await expect(loadTlsFlags(flags)).rejects.toThrow(message);
  });

  test('nothing asked for is nothing set', async () => {
    expect(await loadTlsFlags({})).toEqual(defaultTls);
    expect(await loadTlsFlags({ skipVerify: true, caFile: '' })).toEqual({
      ...defaultTls,
      skipVerify: 'flag',
    });
  });
});

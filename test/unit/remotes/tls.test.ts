import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createSecureServer } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parseReference } from '../../../src/oci/reference.js';
import { staticCredentials } from '../../../src/remotes/credentials.js';
import type { RemoteOptions } from '../../../src/remotes/remote.js';
import { loadTlsFlags } from '../../../src/remotes/tls-flags.js';
import { requireBasic } from '../../support/registry/auth.js';
import { type Certificates, makeCertificates } from '../../support/registry/certificates.js';
import { type BuiltImage, buildImage } from '../../support/registry/content.js';
import * as faults from '../../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { serveContent } from '../../support/registry/serve.js';
import { collect, failure, testRemote, type TestRemote } from '../../support/registry/test-remote.js';

let certificates: Certificates;
let image: BuiltImage;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  certificates = await makeCertificates();
});
afterAll(() => certificates.remove());
beforeEach(() => {
  image = buildImage({ seed: expect.getState().currentTestName ?? '', layerSizes: [500_000] });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function registryWith(options: Parameters<typeof startRegistry>[0]): Promise<TestRegistry> {
  const registry = await startRegistry(options);
  closers.push(() => registry.close());
  registry.push('a/b', image, '1');
  return registry;
}

function remoteWith(options: RemoteOptions = {}): TestRemote {
  const remote = testRemote({ plainHttp: false, ...options });
  closers.push(() => remote.close());
  return remote;
}

const resolve = (registry: { host: string }, options?: RemoteOptions) =>
  remoteWith(options).resolve(parseReference(`${registry.host}/a/b:1`));
const trusting = () => loadTlsFlags({ caFile: certificates.caFile });
const problem = async (registry: TestRegistry, options?: RemoteOptions) => {
  const error = await failure(resolve(registry, options));
  return error.message.replace(/^.*Head "[^"]*": /, '');
};

describe('verification', () => {
  test.each(['good', 'selfSigned', 'wrongHost', 'expired'] as const)(
    'loopback and --skip-verify take what is %s',
    async (name) => {
      const registry = await registryWith({ tls: certificates[name] });
      await resolve(registry);
      await resolve(registry, { tls: await loadTlsFlags({ skipVerify: true }) });
    },
  );

  test.each([
    ['selfSigned', /^tls: failed to verify certificate: x509: certificate signed by unknown authority$/],
    ['wrongHost', /^tls: failed to verify certificate: x509: certificate is not valid for 127\.0\.0\.1: /],
    ['expired', /^tls: failed to verify certificate: x509: certificate has expired or is not yet valid$/],
  ] as const)('--tlscacert refuses what is %s', async (name, message) => {
    const registry = await registryWith({ tls: certificates[name] });
    expect(await problem(registry, { tls: await trusting() })).toMatch(message);
    expect(registry.requests).toEqual([]);
  });

  test('--tlscacert takes what its authority signed', async () => {
    const registry = await registryWith({ tls: certificates.good });
    await resolve(registry, { tls: await trusting() });
  });

  test('a login makes a loopback registry be verified', async () => {
    const registry = await registryWith({ tls: certificates.good });
    const credentials = staticCredentials({ host: registry.host, user: 'me:canary' });
    registry.on({}, requireBasic('me', 'canary'));
    expect(await problem(registry, { credentials })).toMatch(/unknown authority$/);
    expect(registry.requests).toEqual([]);
    await resolve(registry, { credentials, tls: await trusting() });
  });

  test('a login that only a file has is not sent unverified', async () => {
    const registry = await registryWith({ tls: certificates.selfSigned });
    registry.on({}, requireBasic('me', 'canary'));
    const found = { kind: 'password', username: 'me', password: 'canary' } as const;
    const credentials = { isExplicit: false, find: () => Promise.resolve(found) };
    const error = await failure(resolve(registry, { credentials }));
    expect(error).toMatchObject({
      kind: 'permission denied',
      hint: 'say --plain-http, --skip-verify or --tlscacert',
    });
    expect(registry.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(false);
  });

  test('TLS 1.1 is refused', async () => {
    const old = {
      ...certificates.good,
      minVersion: 'TLSv1.1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT:@SECLEVEL=0',
    } as const;
    expect(await problem(await registryWith({ tls: old }))).toMatch(/^tls: /);
  });
});

describe('client certificates', () => {
  const demanding = () => ({
    ...certificates.good,
    ca: certificates.ca,
    requestCert: true,
    rejectUnauthorized: true,
  });

  test('are shown to the registry that they are for, and to no other (S-08)', async () => {
    const registry = await registryWith({ tls: demanding() });
    const storage = await registryWith({ tls: demanding() });
    registry.on(
      { path: '/blobs/' },
      faults.redirect((target) => `${storage.url}${target}`),
    );
    const { certFile, keyFile } = certificates.client;
    const remote = remoteWith({
      tls: await loadTlsFlags({ caFile: certificates.caFile, certFile, keyFile }),
    });
    const reference = parseReference(`${registry.host}/a/b:1`);
    await remote.resolve(reference);
    await failure(collect(remote.fetch(reference, image.config)));
    expect(registry.requests.length).toBeGreaterThan(0);
    expect(storage.requests).toEqual([]);
  });

  test('of hosts.toml', async () => {
    const registry = await registryWith({ tls: demanding() });
    const directory = await mkdtemp(join(tmpdir(), 'tctr-tls-'));
    closers.push(() => rm(directory, { recursive: true }));
    await mkdir(join(directory, registry.host));
    const { certFile, keyFile } = certificates.client;
    const text = `server = "${registry.url}"\nca = "${certificates.caFile}"\nclient = [["${certFile}", "${keyFile}"]]\n`;
    await writeFile(join(directory, registry.host, 'hosts.toml'), text);
    await resolve(registry, { hostsDir: directory });
    await failure(resolve(registry));
  });
});

describe('http and https', () => {
  test('a loopback registry without TLS is spoken to in clear, after https was tried', async () => {
    const registry = await registryWith({});
    const remote = remoteWith();
    const { descriptor } = await remote.resolve(parseReference(`${registry.host}/a/b:1`));
    expect(descriptor).toEqual(image.manifest);
    expect(remote.events.map(({ type }) => type)).toEqual(['https-first', 'http-fallback']);
  });

  test('never with a login', async () => {
    const registry = await registryWith({});
    const credentials = staticCredentials({ host: registry.host, user: 'me:canary' });
    const error = await failure(resolve(registry, { credentials }));
    expect(error).toMatchObject({
      message: expect.stringMatching(/: http: server gave HTTP response to HTTPS client$/),
      hint: expect.stringContaining('--plain-http'),
    });
    expect(registry.requests).toEqual([]);
  });

  test('never where the user asked for verification', async () => {
    const registry = await registryWith({});
    expect(await problem(registry, { tls: await trusting() })).toBe(
      'http: server gave HTTP response to HTTPS client',
    );
  });

  test('plain http to a TLS registry is an error', async () => {
    const registry = await registryWith({ tls: certificates.good });
    expect((await failure(resolve(registry, { plainHttp: true }))).message).toContain(
      'failed to do request: Head "http://',
    );
  });

  test('S-06 a redirect from https to http is refused', async () => {
    const clear = await registryWith({});
    const registry = await registryWith({ tls: certificates.good });
    registry.on(
      {},
      faults.redirect((target) => `${clear.url}${target}`),
    );
    expect(await problem(registry)).toBe('redirect from https to plain http refused');
    expect(clear.requests).toEqual([]);
  });
});

test('R36 a server that speaks HTTP/2 only', async () => {
  const server = createSecureServer({ ...certificates.good, allowHTTP1: false }, (request, response) => {
    const key = decodeURIComponent(request.url).split('/').at(-1) ?? '';
    const content = image.contents.get(key === '1' ? image.manifest.digest : key);
    serveContent(
      { method: request.method, target: request.url, headers: request.headers },
      response as never,
      content,
    );
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    for (const session of sessions) session.destroy();
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  const remote = remoteWith();
  const reference = parseReference(`127.0.0.1:${(server.address() as AddressInfo).port}/a/b:1`);
  expect((await remote.resolve(reference)).descriptor).toEqual(image.manifest);
  const [layer] = image.layers;
  if (layer === undefined) throw new Error('no layer');
  expect(await collect(remote.fetch(reference, layer))).toEqual(image.contents.get(layer.digest)?.bytes);
});

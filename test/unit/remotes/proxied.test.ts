import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { parseReference } from '../../../src/oci/reference.js';
import type { RemoteOptions } from '../../../src/remotes/remote.js';
import { loadTlsFlags } from '../../../src/remotes/tls-flags.js';
import { type Certificates, makeCertificates } from '../../support/registry/certificates.js';
import { type BuiltImage, buildImage } from '../../support/registry/content.js';
import { startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { serveContent } from '../../support/registry/serve.js';
import { failure, testRemote } from '../../support/registry/test-remote.js';

let certificates: Certificates;
let image: BuiltImage;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  certificates = await makeCertificates();
});
afterAll(() => certificates.remove());
beforeEach(() => {
  image = buildImage({ seed: expect.getState().currentTestName ?? '' });
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

// The name exists nowhere: only a proxy can lead to it.
const reference = parseReference('registry.invalid/a/b:1');

function resolve(options: RemoteOptions) {
  const remote = testRemote(options);
  closers.push(() => remote.close());
  return remote.resolve(reference);
}

async function registryWith(options?: Parameters<typeof startRegistry>[0]): Promise<TestRegistry> {
  const registry = await startRegistry(options);
  closers.push(() => registry.close());
  registry.push('a/b', image, '1');
  return registry;
}

/** A proxy that knows CONNECT and leads every tunnel to one port; keeps what it was told. */
async function tunnelTo(port: number, answer = 'HTTP/1.1 200 OK\r\n\r\n') {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', (head) => {
      heads.push(head.toString());
      socket.write(answer);
      if (answer.startsWith('HTTP/1.1 200'))
        socket.pipe(connect(port, '127.0.0.1').on('error', () => undefined)).pipe(socket);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    for (const socket of sockets) socket.destroy();
    const closed = once(server, 'close');
    server.close();
    await closed;
  });
  return { heads, url: `http://user:canary@127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('https goes through a tunnel, whose login the registry does not see', async () => {
  const registry = await registryWith({ tls: certificates.good });
  const proxy = await tunnelTo(registry.port);
  const tls = await loadTlsFlags({ skipVerify: true });
  expect((await resolve({ plainHttp: false, tls, env: { HTTPS_PROXY: proxy.url } })).descriptor).toEqual(
    image.manifest,
  );
  expect(proxy.heads).toEqual([
    `CONNECT registry.invalid:443 HTTP/1.1\r\nHost: registry.invalid:443\r\nProxy-Authorization: Basic ${btoa('user:canary')}\r\n\r\n`,
  ]);
  expect(registry.wire).not.toContain('roxy-');
});

test('http is forwarded with its whole URL', async () => {
  const proxy = await startRegistry();
  closers.push(() => proxy.close());
  proxy.on({}, ({ request, response }) =>
    serveContent(request, response, image.contents.get(image.manifest.digest)),
  );
  const env = { HTTP_PROXY: `http://user:canary@${proxy.host}` };
  expect((await resolve({ env })).descriptor).toEqual(image.manifest);
  expect(proxy.requests[0]).toMatchObject({
    target: 'http://registry.invalid/v2/a/b/manifests/1',
    headers: { host: 'registry.invalid', 'proxy-authorization': `Basic ${btoa('user:canary')}` },
  });
});

test.each([
  ['HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'proxyconnect tcp: Proxy Authentication Required'],
  ['HTTP/1.1 502 Bad Gateway\r\n\r\n', 'proxyconnect tcp: Bad Gateway'],
  ['nonsense\r\n\r\n', 'proxyconnect tcp: malformed HTTP response'],
  ['x'.repeat(20_000), 'proxyconnect tcp: answer too long'],
])('a proxy that says %.20j', async (answer, message) => {
  const proxy = await tunnelTo(1, answer);
  const error = await failure(resolve({ plainHttp: false, env: { https_proxy: proxy.url } }));
  expect(error.message).toContain(`Head "https://registry.invalid/v2/a/b/manifests/1": ${message}`);
  expect(error.message).not.toContain('canary');
});

test('R42 a dead proxy', async () => {
  const error = await failure(resolve({ plainHttp: false, env: { HTTPS_PROXY: 'http://127.0.0.1:1' } }));
  expect(error.message).toContain('proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused');
});

test('this machine is never asked for through a proxy', async () => {
  const registry = await registryWith();
  const remote = testRemote({ env: { HTTP_PROXY: 'http://127.0.0.1:1' } });
  closers.push(() => remote.close());
  await remote.resolve(parseReference(`${registry.host}/a/b:1`));
});

test('a name that nobody knows', async () => {
  const error = await failure(resolve({}));
  expect(error.message).toMatch(
    /dial tcp: lookup registry\.invalid( on \S+:53)?: (no such host|Temporary failure in name resolution)$/,
  );
});

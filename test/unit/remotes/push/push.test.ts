import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Descriptor } from '../../../../src/oci/descriptor.js';
import { parseReference, type Reference } from '../../../../src/oci/reference.js';
import { manifestName } from '../../../../src/remotes/push/push-manifest.js';
import { staticCredentials } from '../../../../src/remotes/credentials.js';
import { requireBasic, requireBearer, tokenServer } from '../../../support/registry/auth.js';
import { describe as descriptorOf, json, ociManifest } from '../../../support/registry/content.js';
import { startRegistry, type TestRegistry } from '../../../support/registry/registry.js';
import { sendError } from '../../../support/registry/serve.js';
import { failure, testRemote, type TestRemote } from '../../../support/registry/test-remote.js';
import { takePushes } from '../../../support/registry/uploads.js';

const bytes = Buffer.from('0123456789abcdef'.repeat(20_000));
const blob = descriptorOf(bytes, 'application/vnd.oci.image.layer.v1.tar');
let registry: TestRegistry;
let remote: TestRemote;
let reference: Reference;

beforeEach(async () => {
  registry = await startRegistry();
  remote = testRemote({ limits: { headersMs: 400, commitMs: 400, idleMs: 400 } });
  reference = parseReference(`${registry.host}/a/b:1`);
});
afterEach(async () => {
  await remote.close();
  await registry.close();
});

async function* whole(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(content);
}
const push = (
  descriptor: Descriptor = blob,
  options = {},
  content: Uint8Array = bytes,
  via: TestRemote = remote,
) => via.push(reference, descriptor, () => whole(content), options);
const problem = async (pushing: Promise<unknown>) =>
  (await failure(pushing)).message.replaceAll(registry.host, 'HOST').replaceAll(/sha256:\w{64}/g, 'DIGEST');
const asked = () =>
  registry.requests.map(({ method, target }) =>
    `${method} ${target}`.replaceAll(/sha256(?::|%3A)\w{64}/g, 'DIGEST'),
  );

describe('a blob', () => {
  test('is sent in one piece to where the registry wants it', async () => {
    takePushes(registry);
    const sent: number[] = [];
    expect(await push(blob, { onSent: (count: number) => sent.push(count) })).toBe('pushed');
    expect(asked()).toEqual([
      'HEAD /v2/a/b/blobs/DIGEST',
      'POST /v2/a/b/blobs/uploads/',
      'PUT /v2/a/b/blobs/uploads/0?state=a%2Fb&digest=DIGEST',
    ]);
    expect(registry.requests[2]?.headers['content-length']).toBe(String(bytes.length));
    expect(registry.requests[2]?.body).toBe(bytes.toString());
    expect([sent[0], sent.at(-1)]).toEqual([0, bytes.length]);
    expect(await push()).toBe('exists');
  });

  test('of no bytes', async () => {
    takePushes(registry);
    const empty = descriptorOf(Buffer.alloc(0), 'x/y');
    expect(await push(empty, {}, Buffer.alloc(0))).toBe('pushed');
    expect(registry.requests[2]?.headers['content-length']).toBe('0');
  });

  test('is mounted from a repository that has it', async () => {
    takePushes(registry, { mounts: () => true });
    expect(await push(blob, { mountFrom: ['other/repo'] })).toBe('mounted');
    expect(asked().slice(1)).toEqual(['POST /v2/a/b/blobs/uploads/?mount=DIGEST&from=other%2Frepo']);
  });

  test('is sent where the registry opens an upload instead of a mount', async () => {
    takePushes(registry);
    expect(await push(blob, { mountFrom: ['other/repo'] })).toBe('pushed');
    expect(asked().filter((line) => line.startsWith('POST'))).toHaveLength(1);
  });

  test('is sent where the other repository is not for this user', async () => {
    registry.on({ method: 'POST', path: 'from=secret' }, ({ response }) =>
      sendError(response, 403, 'DENIED', 'no'),
    );
    takePushes(registry);
    expect(await push(blob, { mountFrom: ['secret'] })).toBe('pushed');
  });
});

describe('a manifest', () => {
  const content = json({ schemaVersion: 2, mediaType: ociManifest, config: {}, layers: [] });
  const manifest = descriptorOf(content, ociManifest);

  test('takes the tag', async () => {
    takePushes(registry);
    expect(await push(manifest, {}, content)).toBe('pushed');
    expect(asked()).toEqual(['HEAD /v2/a/b/manifests/1', 'PUT /v2/a/b/manifests/1']);
    expect(registry.requests[1]?.headers['content-type']).toBe(ociManifest);
    expect(await push(manifest, {}, content)).toBe('exists');
  });

  test('takes the tag from another', async () => {
    takePushes(registry);
    registry.put('a/b', '1', { bytes: Buffer.from('{}'), mediaType: ociManifest });
    expect(await push(manifest, {}, content)).toBe('pushed');
  });

  test.each([
    ['r/x', 'DIGEST', 'DIGEST'],
    ['r/x:tag', 'DIGEST', 'tag'],
    ['r/x:tag@DIGEST', 'DIGEST', 'tag'],
    ['r/x:tag@OTHER', 'DIGEST', 'DIGEST'],
    ['r/x@DIGEST', 'DIGEST', 'DIGEST'],
    ['r/x@OTHER', 'DIGEST', 'DIGEST'],
  ])('pushed to %s as %s is named %s', (name, digest, wanted) => {
    expect(manifestName(parseReference(name), digest)).toBe(wanted);
  });

  test('that the registry refuses: its words', async () => {
    registry.on({ method: 'PUT' }, ({ response }) =>
      sendError(response, 400, 'MANIFEST_BLOB_UNKNOWN', 'blob unknown to registry'),
    );
    expect(await problem(push(manifest, {}, content))).toBe(
      'failed commit on ref "manifest-DIGEST": unexpected status from PUT request to http://HOST/v2/a/b/manifests/1: 400 Bad Request' +
        ' - Server message: manifest blob unknown: blob unknown to registry',
    );
  });

  test('of 5 MB asks nobody', async () => {
    expect(await failure(push({ ...manifest, size: 5_000_000n }))).toMatchObject({ kind: 'out of range' });
    expect(registry.requests).toEqual([]);
  });
});

describe('what passes by is tried again', () => {
  test('P05 a PUT that fails once', async () => {
    registry.on({ method: 'PUT', times: 1 }, ({ response }) => void response.writeHead(500).end());
    takePushes(registry);
    expect(await push()).toBe('pushed');
    expect(asked().filter((line) => line.startsWith('P'))).toHaveLength(4);
    expect(remote.events).toMatchObject([{ type: 'retry', attempt: 2 }]);
  });

  test('P05 a PUT that is cut', async () => {
    registry.on({ method: 'PUT', times: 2 }, ({ incoming }) => void incoming.socket.destroy());
    takePushes(registry);
    expect(await push()).toBe('pushed');
  });

  test('a PUT whose answer alone was lost is not sent again', async () => {
    registry.on({ method: 'PUT', times: 1 }, ({ incoming }) => {
      registry.put('a/b', blob.digest, { bytes, mediaType: 'x/y' });
      incoming.socket.destroy();
    });
    takePushes(registry);
    expect(await push()).toBe('pushed');
    expect(asked().filter((line) => line.startsWith('PUT'))).toHaveLength(1);
  });

  test('P05 three times and no more', async () => {
    registry.on({ method: 'PUT' }, ({ response }) => void response.writeHead(503).end());
    takePushes(registry);
    expect(await problem(push())).toContain('503 Service Unavailable');
    expect(asked().filter((line) => line.startsWith('PUT'))).toHaveLength(3);
  });

  test('P02 a POST that has to wait', async () => {
    registry.on(
      { method: 'POST', times: 1 },
      ({ response }) => void response.writeHead(429, { 'retry-after': '7' }).end(),
    );
    takePushes(registry);
    expect(await push()).toBe('pushed');
    expect(remote.clock.sleeps).toEqual([7000]);
  });

  test('P05 a PUT without an answer ends', async () => {
    registry.on({ method: 'PUT' }, () => undefined);
    takePushes(registry);
    expect(await failure(push())).toMatchObject({ kind: 'deadline exceeded' });
  });
});

describe('what a registry must not do', () => {
  test.each([
    ['P03 no location', { location: '' }, 'registry answered 202 Accepted without an upload location'],
    ['P03 a file', { location: 'file:///etc/passwd' }, 'unsupported protocol scheme "file"'],
    ['S-14 a link-local address', { location: 'http://169.254.169.254/x' }, 'link-local address refused'],
  ])('%s', async (_, { location }, message) => {
    takePushes(registry, { location: () => location });
    expect(await problem(push())).toContain(message);
  });

  test('P04 another host gets the bytes, and no login', async () => {
    const other = await startRegistry();
    const login = staticCredentials({ host: registry.host, user: 'me:secret' });
    const own = testRemote({ credentials: login });
    try {
      registry.on({}, requireBasic('me', 'secret'));
      takePushes(registry, { location: () => `${other.url}/v2/a/b/blobs/upload` });
      takePushes(other);
      expect(await push(blob, {}, bytes, own)).toBe('pushed');
      expect(other.requests.map(({ method, headers }) => [method, headers.authorization])).toEqual([
        ['PUT', undefined],
      ]);
      expect(registry.requests.at(-1)?.headers.authorization).toContain('Basic');
    } finally {
      await own.close();
      await other.close();
    }
  });

  test('say that it stored something else', async () => {
    registry.on(
      { method: 'PUT' },
      ({ response }) =>
        void response.writeHead(201, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }).end(),
    );
    takePushes(registry);
    expect(await problem(push())).toBe(
      'failed commit on ref "layer-DIGEST": got digest DIGEST, expected DIGEST',
    );
  });

  test('P01 saying nothing of it is its right', async () => {
    registry.on({ method: 'PUT' }, ({ response }) => void response.writeHead(201).end());
    takePushes(registry);
    expect(await push()).toBe('pushed');
  });

  test.each([
    [307, 'pushed'],
    [302, 'redirect of an upload by status 302 refused'],
  ])('a redirect by %d', async (status, outcome) => {
    registry.on(
      { method: 'PUT', path: 'state=', times: 1 },
      ({ request, response }) =>
        void response.writeHead(status, { location: request.target.replace('state', 'stat') }).end(),
    );
    takePushes(registry);
    expect(await push().catch((error: Error) => error.message)).toContain(outcome);
  });
});

test('asks for leave to push', async () => {
  registry.on({ path: '/token' }, tokenServer({ issue: () => 'good' }));
  registry.on({}, requireBearer({ realm: `${registry.url}/token`, accepts: (token) => token === 'good' }));
  takePushes(registry);
  expect(await push()).toBe('pushed');
  const [token] = registry.requests.filter(({ target }) => target.startsWith('/token'));
  expect(new URLSearchParams(token?.target.split('?')[1]).getAll('scope')).toEqual([
    'repository:a/b:pull,push',
  ]);
});

test('a token that ages on the way: the bytes are sent again', async () => {
  let refused = false;
  registry.on({ path: '/token' }, tokenServer({ issue: () => 'good' }));
  registry.on(
    {},
    requireBearer({
      realm: `${registry.url}/token`,
      accepts: () => {
        const isFirstPut = registry.requests.at(-1)?.method === 'PUT' && !refused;
        if (isFirstPut) refused = true;
        return !isFirstPut;
      },
    }),
  );
  takePushes(registry);
  expect(await push()).toBe('pushed');
  expect(asked().filter((line) => line.startsWith('PUT'))).toHaveLength(2);
});

describe('the source', () => {
  test('its own error is the error', async () => {
    takePushes(registry);
    const broken = async function* () {
      yield await Promise.resolve(bytes.subarray(0, 1000));
      throw new Error('the store is gone');
    };
    expect(await problem(remote.push(reference, blob, broken))).toBe('the store is gone');
  });

  test.each([
    ['short', bytes.subarray(1), 'content to push gave 319999 instead of 320000 bytes'],
    ['long', Buffer.concat([bytes, bytes]), 'content to push gave more than 320000 bytes'],
  ])('that is too %s', async (_, content, message) => {
    takePushes(registry);
    expect(await problem(push(blob, {}, content))).toBe(message);
  });

  test('is not read ahead of the network, and is closed', async () => {
    registry.on(
      { method: 'POST' },
      ({ response }) => void response.writeHead(202, { location: '/stuck' }).end(),
    );
    let read = 0;
    let closed = false;
    const huge = { ...blob, size: 1n << 32n };
    const endless = async function* () {
      try {
        for (; ; read += 1 << 20) yield await Promise.resolve(Buffer.alloc(1 << 20));
      } finally {
        closed = true;
      }
    };
    registry.stall('/stuck');
    expect(await failure(remote.push(reference, huge, endless))).toMatchObject({ kind: 'deadline exceeded' });
    expect(closed).toBe(true);
    expect(read).toBeLessThan(32 << 20);
  });
});

test('goes to the first host that takes pushes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'push-'));
  const own = testRemote({ hostsDir: folder });
  try {
    const directory = join(folder, 'example.test');
    const mirror = await startRegistry();
    await mkdir(directory);
    const hosts = (capability: string) => `server = "${mirror.url}"
capabilities = ["${capability}"]
[host."${mirror.url}/mirror"]
capabilities = ["pull"]
[host."${registry.url}"]
capabilities = ["${capability}"]
`;
    await writeFile(join(directory, 'hosts.toml'), hosts('push'));
    takePushes(registry);
    const name = parseReference('example.test/a/b:1');
    expect(await own.push(name, blob, () => whole(bytes))).toBe('pushed');
    expect(mirror.requests).toEqual([]);
    await writeFile(join(directory, 'hosts.toml'), hosts('pull'));
    const other = testRemote({ hostsDir: folder });
    expect(await failure(other.push(name, blob, () => whole(bytes)))).toMatchObject({
      kind: 'not found',
      message: 'no push hosts: not found',
    });
    await other.close();
    await mirror.close();
  } finally {
    await own.close();
    await rm(folder, { recursive: true });
  }
});

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseReference, type Reference } from '../../../src/oci/reference.js';
import { openTcp } from '../../../src/remotes/http/connection.js';
import { staticCredentials } from '../../../src/remotes/credentials.js';
import type { HttpEvent } from '../../../src/remotes/events.js';
import type { RemoteOptions } from '../../../src/remotes/remote.js';
import { requireBasic, requireBearer, tokenServer } from '../../support/registry/auth.js';
import { type BuiltImage, buildImage } from '../../support/registry/content.js';
import * as faults from '../../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { collect, failure, testRemote, type TestRemote } from '../../support/registry/test-remote.js';

const password = 'canary-password';
const apiKey = 'canary-api-key';
const login = `me:${password}`;
const basic = Buffer.from(login).toString('base64');
/** All forms in which a secret could be on the wire or on a screen. */
const forms = [password, encodeURIComponent(password), basic, apiKey, 'canary-token', 'canary-query'];

let home: TestRegistry;
let other: TestRegistry;
let image: BuiltImage;
let reference: Reference;
let hostsDir: string;
const open: TestRemote[] = [];

beforeEach(async () => {
  home = await startRegistry();
  other = await startRegistry({ address: '127.0.0.2' });
  image = buildImage({ seed: expect.getState().currentTestName ?? '' });
  for (const registry of [home, other]) registry.push('a/b', image, '1');
  reference = parseReference(`${home.host}/a/b:1`);
  hostsDir = await mkdtemp(join(tmpdir(), 'tctr-secrets-'));
  await mkdir(join(hostsDir, home.host));
  const text = `server = "${home.url}"\n[header]\nx-api-key = "${apiKey}"\n`;
  await writeFile(join(hostsDir, home.host, 'hosts.toml'), text);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((remote) => remote.close()));
  await Promise.all([home.close(), other.close()]);
  await rm(hostsDir, { recursive: true });
});

function loggedIn(options: RemoteOptions = {}): TestRemote {
  const credentials = staticCredentials({ host: home.host, user: login });
  const remote = testRemote({ hostsDir, credentials, ...options });
  open.push(remote);
  return remote;
}

const leaks = (registry: TestRegistry) => forms.filter((form) => registry.wire.includes(form));
const toOther = faults.redirect((target) => `${other.url}${target}`);

test('what is searched for is there where it belongs', async () => {
  home.on({}, requireBasic('me', password));
  await loggedIn().resolve(reference);
  expect(leaks(home)).toEqual([basic, apiKey]);
});

describe('redirects to another origin carry nothing secret', () => {
  const protections = [
    ['S-01 that asks for nothing', (): void => undefined],
    ['S-02 that asks for Basic', () => other.on({ path: '/blobs/' }, requireBasic('me', password))],
    [
      'S-03 that asks for Bearer',
      () => {
        other.on({ path: '/token' }, tokenServer({ issue: () => 'x' }));
        other.on({ path: '/blobs/' }, requireBearer({ realm: `${other.url}/token`, accepts: () => false }));
      },
    ],
  ] as const;

  test.each(protections)('%s', async (_, protect) => {
    home.on({}, requireBasic('me', password));
    home.on({ path: '/blobs/' }, toOther);
    protect();
    const remote = loggedIn();
    await remote.resolve(reference);
    await collect(remote.fetch(reference, image.config)).catch((error: Error) =>
      expect(error.message).toContain('401'),
    );
    expect(other.requests.length).toBe(1);
    expect(leaks(other)).toEqual([]);
    expect(other.wire.toLowerCase()).not.toMatch(/authorization|cookie|x-api-key/);
  });

  test.each(['127.0.0.1', '::1'])('S-04, S-05 the same machine under another port: %s', async (address) => {
    const near = await startRegistry({ address });
    try {
      near.push('a/b', image);
      home.on({}, requireBasic('me', password));
      home.on(
        { path: '/blobs/' },
        faults.redirect((target) => `${near.url}${target}`),
      );
      const remote = loggedIn();
      await remote.resolve(reference);
      expect(await collect(remote.fetch(reference, image.config))).toEqual(
        image.contents.get(image.config.digest)?.bytes,
      );
      expect(leaks(near)).toEqual([]);
    } finally {
      await near.close();
    }
  });

  test('S-01 a bearer token stays at home too', async () => {
    home.on({ path: '/token' }, tokenServer({ issue: () => 'canary-token' }));
    home.on({ path: '/v2/' }, requireBearer({ realm: `${home.url}/token`, accepts: () => true }));
    home.on({ path: '/blobs/' }, toOther);
    const remote = loggedIn();
    await collect(remote.fetch(reference, image.config));
    expect(leaks(home)).toContain('canary-token');
    expect(leaks(other)).toEqual([]);
  });

  test('who was sent away and back is nobody at home: a stranger chose the path', async () => {
    home.on({ path: '/blobs/' }, faults.redirect(`${other.url}/elsewhere`));
    other.on({}, faults.redirect(`${home.url}/v2/secret/manifests/1`));
    await failure(collect(loggedIn().fetch(reference, image.config)));
    const [there, back] = home.requests;
    expect(there?.headers['x-api-key']).toBe(apiKey);
    expect(back).toMatchObject({ target: '/v2/secret/manifests/1' });
    expect(back?.headers).not.toHaveProperty('x-api-key');
  });
});

test('S-07 a header of hosts.toml does not go to the token server', async () => {
  const realm = `http://127.0.0.2:${other.port}/token`;
  other.on({ path: '/token' }, tokenServer({ issue: () => 'x' }));
  home.on({ path: '/v2/' }, requireBearer({ realm, accepts: () => true }));
  const remote = testRemote({ hostsDir });
  open.push(remote);
  await remote.resolve(reference);
  expect(home.wire).toContain(apiKey);
  expect(other.requests).toHaveLength(1);
  expect(leaks(other)).toEqual([]);
});

test('S-09 a foreign layer’s URL is not even asked', async () => {
  const foreign = { ...image.layers[0], urls: [`${other.url}/layer`] };
  await collect(loggedIn().fetch(reference, foreign as NonNullable<(typeof image.layers)[0]>));
  expect(other.requests).toEqual([]);
});

describe('token servers', () => {
  test('S-10 a stranger is not sent the password', async () => {
    const realm = `http://127.0.0.2:${other.port}/token`;
    home.on({ path: '/v2/' }, requireBearer({ realm, accepts: () => true }));
    other.on({ path: '/token' }, tokenServer({ issue: () => 'x' }));
    const error = await failure(loggedIn().resolve(reference));
    expect(error).toMatchObject({
      kind: 'permission denied',
      message: expect.stringContaining(`will not send the password to the token server ${other.host}`),
      hint: expect.stringContaining('own domain'),
    });
    expect(other.requests).toEqual([]);
    const trusting = loggedIn({ authRealms: [other.host] });
    await trusting.resolve(reference);
    expect(other.wire).toContain(password);
  });

  test('S-12 a token server that redirects its login is left', async () => {
    home.on({ path: '/token' }, faults.redirect(`${other.url}/token`));
    home.on({ path: '/v2/' }, requireBearer({ realm: `${home.url}/token`, accepts: () => true }));
    const error = await failure(loggedIn().resolve(reference));
    expect(error.message).toContain('redirect of a login refused');
    expect(other.requests).toEqual([]);
  });

  test('S-12 a token server that redirects to another host gets it judged again', async () => {
    home.on({ path: '/token', method: 'POST' }, faults.status(405));
    home.on({ path: '/token' }, faults.redirect(`${other.url}/token`));
    home.on({ path: '/v2/' }, requireBearer({ realm: `${home.url}/token`, accepts: () => true }));
    other.on({ path: '/token' }, tokenServer({ issue: () => 'x' }));
    await loggedIn().resolve(reference);
    expect(leaks(other)).toEqual([]);
  });

  test('S-13 a name that leads to this machine is refused where only public ones may be', async () => {
    const { signal } = new AbortController();
    const request = {
      host: 'localhost',
      port: home.port,
      publicOnly: true,
      connectMs: 5000,
      tlsMs: 5000,
      signal,
    };
    expect(await failure(openTcp('localhost', home.port, request))).toMatchObject({
      fault: 'address',
      message: expect.stringMatching(/localhost leads to the loopback address/),
    });
    const socket = await openTcp('localhost', home.port, { ...request, publicOnly: false });
    socket.destroy();
  });
});

describe('S-19 digests', () => {
  test('one that never passed the parser cannot reach a URL', async () => {
    const hostile = {
      ...image.config,
      digest: 'sha256:../../../../etc/passwd',
    } as unknown as typeof image.config;
    const error = await failure(collect(loggedIn().fetch(reference, hostile)));
    expect(error).toMatchObject({ kind: 'invalid argument', message: 'invalid checksum digest format' });
    expect(home.requests).toEqual([]);
  });
});

test('a dump shows no secret', async () => {
  const events: HttpEvent[] = [];
  home.on(
    { path: '/token' },
    tokenServer({ issue: () => 'canary-token', login: { user: 'me', password }, takesPost: false }),
  );
  home.on({ path: '/v2/' }, requireBearer({ realm: `${home.url}/token`, accepts: () => true }));
  home.on(
    { path: '/blobs/' },
    faults.redirect((target) => `${other.url}${target}?X-Amz-Signature=canary-query`),
  );
  other.on({}, faults.status(200, { 'set-cookie': `sid=${password}` }));
  const remote = loggedIn({ onHttp: (event) => events.push(event) });
  await remote.resolve(reference);
  await failure(collect(remote.fetch(reference, image.config)));
  const dump = JSON.stringify(events);
  expect(dump).toContain('Authorization: Bearer REDACTED');
  expect(dump).toContain('Authorization: Basic REDACTED');
  expect(dump).toContain('X-Api-Key: REDACTED');
  expect(dump).toContain('X-Amz-Signature=REDACTED');
  expect(forms.filter((form) => dump.includes(form))).toEqual([]);
  expect(events.map(({ type }) => type)).toContain('connected');
});

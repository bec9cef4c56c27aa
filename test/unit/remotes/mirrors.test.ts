import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseReference } from '../../../src/oci/reference.js';
import { staticCredentials } from '../../../src/remotes/credentials.js';
import { requireBasic } from '../../support/registry/auth.js';
import { type BuiltImage, buildImage } from '../../support/registry/content.js';
import * as faults from '../../support/registry/faults.js';
import { type Fault, startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { collect, failure, testRemote, type TestRemote } from '../../support/registry/test-remote.js';

let hostsDir: string;
let mirror: TestRegistry;
let upstream: TestRegistry;
let remote: TestRemote;
let image: BuiltImage;
const reference = parseReference('registry.test/a/b:1');

beforeEach(async () => {
  hostsDir = await mkdtemp(join(tmpdir(), 'tctr-mirrors-'));
  [mirror, upstream] = await Promise.all([startRegistry(), startRegistry()]);
  image = buildImage({ seed: expect.getState().currentTestName ?? '' });
  for (const registry of [mirror, upstream]) registry.push('a/b', image, '1');
  await configure();
  remote = testRemote({ hostsDir });
});

afterEach(async () => {
  await remote.close();
  await Promise.all([mirror.close(), upstream.close(), rm(hostsDir, { recursive: true })]);
});

async function configure(mirrorKeys = ''): Promise<void> {
  await mkdir(join(hostsDir, 'registry.test'), { recursive: true });
  const text = `server = "${upstream.url}"\n[host."${mirror.url}"]\n${mirrorKeys}\n`;
  await writeFile(join(hostsDir, 'registry.test', 'hosts.toml'), text);
}

test('a mirror is asked first, and told whose content it is', async () => {
  const { host, name, descriptor } = await remote.resolve(reference);
  expect({ host, name }).toEqual({ host: mirror.host, name: 'registry.test/a/b:1' });
  await collect(remote.fetch(reference, descriptor));
  expect(mirror.requests.map(({ target }) => target)).toEqual([
    '/v2/a/b/manifests/1?ns=registry.test',
    `/v2/a/b/manifests/${image.manifest.digest}?ns=registry.test`,
  ]);
  expect(upstream.requests).toEqual([]);
});

describe('the next host is asked', () => {
  test.each<readonly [string, Fault, string]>([
    ['after a 404', faults.status(404), '404 Not Found'],
    ['after a 500, at once', faults.status(500), '500 Internal Server Error'],
    ['after a 401', faults.status(401), '401 Unauthorized'],
    ['after a web page', faults.webPage, ''],
    ['after a reset', faults.resetAtOnce, ''],
    ['R35 after a redirect to nobody', faults.redirect('http://127.0.0.1:1/'), ''],
  ])('%s', async (_, fault, status) => {
    mirror.on({}, fault);
    const { host, descriptor } = await remote.resolve(reference);
    expect(host).toBe(upstream.host);
    expect(await collect(remote.fetch(reference, descriptor))).toEqual(image.manifestBytes);
    expect(remote.clock.sleeps).toEqual([]);
    expect(remote.events[0]).toMatchObject({ type: 'host-failed', host: mirror.host, last: false });
    if (status !== '') expect(remote.events[0]).toMatchObject({ status });
  });

  test('where the mirror cannot do what is asked', async () => {
    await configure('capabilities = ["pull"]');
    const { host, descriptor } = await remote.resolve(reference);
    expect(host).toBe(upstream.host);
    await collect(remote.fetch(reference, descriptor));
    expect(mirror.requests).toHaveLength(1);
    const byDigest = parseReference(`registry.test/a/b@${image.manifest.digest}`);
    expect((await remote.resolve(byDigest)).host).toBe(mirror.host);
  });

  test('in the middle of a blob', async () => {
    const large = buildImage({ seed: 'large', layerSizes: [3_000_000] });
    const [layer] = large.layers;
    if (layer === undefined) throw new Error('no layer');
    for (const registry of [mirror, upstream]) registry.push('a/b', large);
    mirror.on({ times: 1 }, faults.cutAfter(1_500_000, 'close'));
    mirror.on({}, faults.status(500));
    const got = await collect(remote.fetch(reference, layer));
    expect(large.contents.get(layer.digest)?.bytes.equals(got)).toBe(true);
    expect(upstream.requests[0]?.headers.range).toMatch(/^bytes=\d{7}-$/);
  });
});

describe('errors of several hosts', () => {
  test.each<readonly [string, Fault, Fault, RegExp]>([
    ['the one that came furthest is told', faults.status(403), faults.status(404), /403 Forbidden$/],
    ['of equals the first', faults.status(403), faults.status(400), /403 Forbidden$/],
    [
      'an answer counts more than none',
      faults.resetAtOnce,
      faults.status(404),
      /registry\.test\/a\/b:1: not found$/,
    ],
  ])('%s', async (_, first, second, message) => {
    mirror.on({}, first);
    upstream.on({}, second);
    expect((await failure(remote.resolve(reference))).message).toMatch(message);
    expect(remote.events.filter(({ type }) => type === 'host-failed')).toMatchObject([
      { last: false },
      { last: true },
    ]);
  });

  test('no host that can', async () => {
    await writeFile(join(hostsDir, 'registry.test', 'hosts.toml'), 'capabilities = ["push"]');
    expect(await failure(remote.resolve(reference))).toMatchObject({
      message: expect.stringContaining('no resolve hosts: not found'),
    });
    expect(await failure(collect(remote.fetch(reference, image.config)))).toMatchObject({
      message: 'no pull hosts: not found',
    });
  });
});

test('the registry’s login is not the mirror’s', async () => {
  mirror.on({}, requireBasic('me', 'canary'));
  const credentials = staticCredentials({ host: 'registry.test', user: 'me:canary' });
  const loggedIn = testRemote({ hostsDir, credentials });
  try {
    expect((await loggedIn.resolve(reference)).host).toBe(upstream.host);
    expect(mirror.wire).not.toContain('authorization');
  } finally {
    await loggedIn.close();
  }
});

test('a hosts.toml that cannot be read is an error, not a way around it', async () => {
  await writeFile(join(hostsDir, 'registry.test', 'hosts.toml'), 'server = 1');
  const error = await failure(remote.resolve(reference));
  expect(error.message).toBe(
    `failed to resolve reference "registry.test/a/b:1": failed to decode ${hostsDir}/registry.test/hosts.toml: server: not a string`,
  );
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { requireBearer, tokenServer } from '../../support/registry/auth.js';
import { fakeEachTest } from '../../support/fake/each-test.js';
import { buildImage, buildIndex, describe as describeBytes } from '../../support/registry/content.js';
import * as faults from '../../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../../support/registry/registry.js';

const bench = fakeEachTest();
const image = buildImage({ seed: 'pull', layerSizes: [10_000, 20_000] });
let registry: TestRegistry;
let ref: string;
const pull = (...words: readonly string[]) => bench.tctr(['image', 'pull', '--plain-http', ...words]);
const bucket = () => bench.fake.state.read('default');

beforeEach(async () => {
  registry = await startRegistry();
  registry.push('app', image, '1');
  ref = `${registry.host}/app:1`;
});
afterEach(() => registry.close());

/** Nothing is left of a pull that failed but what the collector takes. */
function expectNothingHeld(): void {
  expect(bucket().images.size).toBe(0);
  expect(bucket().leases.size).toBe(0);
  expect(bucket().ingests.size).toBe(0);
}

describe('a pull', () => {
  test('names the image when all is there, with its labels, and prints a line for each part', async () => {
    const { status, stdout, stderr } = await pull('--label', 'k=v', ref);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toContain(`${ref}: resolved`);
    for (const { digest } of [image.config, ...image.layers]) {
      expect(lines.filter((line) => line.includes(`${digest}: done`))).toHaveLength(1);
    }
    expect(stdout).not.toContain('\u001b');
    expect(lines.at(-1)).toMatch(/^done: \d/);
    expect(bucket().images.get(ref)).toMatchObject({
      labels: new Map([['k', 'v']]),
      target: { digest: image.manifest.digest },
    });
    expect(bucket().snapshots.get('overlayfs')?.size).toBe(2);
    expect(bucket().leases.size).toBe(0);
  });

  test('prints the chain ID where it is asked for', async () => {
    const { stdout } = await pull('--print-chainid', ref);
    const [top] = [...(bucket().snapshots.get('overlayfs')?.keys() ?? [])].slice(-1);
    expect(stdout).toContain(`image chain ID: ${top}\n`);
  });
});

describe('a pull that fails says why, and holds nothing', () => {
  test.each<[string, () => readonly string[], RegExp]>([
    ['no reference', () => [], /^tctr: please provide an image reference to pull\n$/],
    ['no host', () => ['busybox'], /^tctr: failed to resolve reference "busybox": /],
    ['no tag of that name', () => [`${registry.host}/app:2`], /^tctr: .*app:2.*not found/],
    [
      'both ways of platforms',
      () => ['--platform', 'linux/amd64', '--all-platforms', ref],
      /^tctr: cannot specify both/,
    ],
    ['a platform that is none', () => ['--platform', 'a/b/c/d', ref], /^tctr: .*a\/b\/c\/d/],
    ['an unknown snapshotter', () => ['--snapshotter', 'nope', ref], /snapshotter not loaded: nope/],
    [
      'a realm that is no host',
      () => ['--auth-realm', 'https://x/y', ref],
      /^tctr: --auth-realm "https:\/\/x\/y" is not a host \(/,
    ],
    ['a file that is not there', () => ['--tlscacert', '/nonexistent.pem', ref], /nonexistent\.pem/],
  ])('%s', async (_, words, message) => {
    const { status, stderr } = await pull(...words());
    expect(status).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expectNothingHeld();
  });

  test('a platform that the index has not', async () => {
    const { bytes, mediaType } = buildIndex([['amd64', image]]);
    registry.put('app', 'multi', { bytes, mediaType });
    registry.put('app', describeBytes(bytes, mediaType).digest, { bytes, mediaType });
    const { status, stderr } = await pull('--platform', 'linux/s390x', `${registry.host}/app:multi`);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^tctr: no match for platform in manifest sha256:\w{64}: not found \(it is for linux\/amd64\)\n$/,
    );
    expectNothingHeld();
  });

  test('a registry that says no, whose words cannot steer the terminal', async () => {
    registry.on({ path: '/v2/' }, faults.apiError(403, 'DENIED', 'go away \u001b[2J'));
    const { status, stderr } = await pull(ref);
    expect(status).toBe(1);
    expect(stderr).toContain('403');
    expect(stderr).not.toContain('\u001b');
    expectNothingHeld();
  });

  test('a full disk', async () => {
    bench.fake.fault(
      { method: 'Diff.Apply' },
      { kind: 'status', code: 'UNKNOWN', message: 'no space left on device' },
    );
    const { status, stderr } = await pull(ref);
    expect(status).toBe(1);
    const layer = /"[^"]*": failed to extract layer sha256:\w+: no space left on device\n$/;
    expect(stderr).toMatch(layer);
    expect(stderr).toContain(`tctr: apply layer error for "${ref}": `);
    expectNothingHeld();
    expect([...(bucket().snapshots.get('overlayfs')?.keys() ?? [])]).toEqual([]);
  });
});

describe('a token server elsewhere', () => {
  let other: TestRegistry;
  beforeEach(async () => {
    other = await startRegistry({ address: '127.0.0.2' });
    other.on({ path: '/token' }, tokenServer({ issue: () => 'good' }));
    registry.on(
      { path: '/v2/' },
      requireBearer({ realm: `${other.url}/token`, accepts: (token) => token === 'good' }),
    );
  });
  afterEach(() => other.close());

  test('is not sent the login, and the hint names the flag', async () => {
    const { status, stderr } = await pull('--user', 'me:secret', ref);
    expect(status).toBe(1);
    expect(stderr).toContain(`--auth-realm ${other.host}`);
    expect(other.wire).not.toContain('secret');
    expectNothingHeld();
  });

  test('is, where the user trusts it', async () => {
    const words = ['--user', 'me:secret', '--auth-realm', 'auth.example.com', '--auth-realm', other.host];
    const { status, stderr } = await pull(...words, ref);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(other.requests).not.toEqual([]);
    expect(bucket().images.has(ref)).toBe(true);
  });
});

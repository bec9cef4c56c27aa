import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ociArchive } from '../support/archive.js';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { endedBy, start, tctr, type Ended, type Place } from '../support/faults.js';
import { daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { requireBasic } from '../support/registry/auth.js';
import * as faults from '../support/registry/faults.js';
import { startRegistry, type Fault, type TestRegistry } from '../support/registry/registry.js';
import { takePushes } from '../support/registry/uploads.js';

const limit = 90_000;
const image = 'docker.io/library/push:1';

describe.each(daemonRows())('pushing to a misbehaving registry, on containerd %s', (version, daemon) => {
  let place: Place;
  let before: Audit;
  let registry: TestRegistry;

  beforeAll(async () => {
    place = await makePlace(daemon, 'push', { empty: true });
    const folder = mkdtempSync(join(tmpdir(), 'tctr-push-'));
    const file = join(folder, 'in.tar');
    writeFileSync(file, ociArchive({ text: `push ${version} ${Date.now()}`, name: image, tag: '1' }));
    const ran = await tctr(place, ['image', 'import', '--local', '--no-unpack', file]);
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    rmSync(folder, { recursive: true });
    before = await audit(daemon, place.namespace);
  }, limit);
  beforeEach(async () => {
    registry = await startRegistry();
  });
  afterEach(() => registry.close());
  afterAll(() => removePlace(place), limit);

  const words = (...flags: readonly string[]): readonly string[] => [
    'image',
    'push',
    '--plain-http',
    ...flags,
    `${registry.host}/fault/image:1`,
    image,
  ];
  /** Pushes by the client; what is logged of further tries is left out of stderr. */
  const push = async (...flags: readonly string[]): Promise<Ended> => {
    const ran = await tctr(place, words('--local', ...flags));
    return { ...ran, stderr: ran.stderr.replaceAll(/^time="[^\n]*\n/gm, '') };
  };
  const requests = (method: string, path: string): number =>
    registry.requests.filter((request) => request.method === method && request.target.includes(path)).length;
  const succeeds = async (ran: Ended): Promise<void> => {
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(requests('PUT', '/manifests/1')).toBe(1);
    expect(await leftovers(place, before)).toEqual({});
  };
  const failsCleanly = async (ran: Ended, message: RegExp): Promise<void> => {
    expect(ran.stderr).toMatch(/^tctr: [^\x00-\x1f\x7f]+\n$/);
    expect(ran.stderr).toMatch(message);
    expect(ran.stderr).not.toMatch(/internal error/);
    expect(ran.status).toBe(1);
    expect(await leftovers(place, before)).toEqual({});
  };

  test(
    'a clean one gets blobs first, then the manifest, and takes nothing twice',
    async () => {
      takePushes(registry);
      await succeeds(await push());
      const puts = registry.requests.filter(({ method }) => method === 'PUT').map(({ target }) => target);
      expect(puts).toHaveLength(3);
      expect(puts.at(-1)).toContain('/manifests/1');
      registry.requests.splice(0);
      const again = await push();
      expect([again.status, again.stderr]).toEqual([0, '']);
      expect(requests('PUT', '') + requests('POST', '')).toBe(0);
    },
    limit,
  );

  test(
    'a wrong password is tried once for each blob, and nothing is sent',
    async () => {
      registry.on({}, requireBasic('alice', 'right'));
      takePushes(registry);
      await failsCleanly(await push('--user', 'alice:wrong'), /401|unauthor|password|login/i);
      const tried = registry.requests.filter(({ headers }) => headers.authorization !== undefined);
      expect(tried.length).toBeLessThanOrEqual(2);
      expect(requests('POST', '') + requests('PUT', '')).toBe(0);
    },
    limit,
  );

  test(
    'the right one is taken',
    async () => {
      registry.on({}, requireBasic('alice', 'right'));
      takePushes(registry);
      const ran = await push('--user', 'alice:right');
      expect([ran.status, ran.stderr]).toEqual([0, '']);
      expect(ran.stdout.toString()).not.toContain('right');
    },
    limit,
  );

  test(
    'Retry-After is waited for',
    async () => {
      registry.on({ method: 'POST', times: 1 }, faults.status(429, { 'retry-after': '1' }));
      takePushes(registry);
      await succeeds(await push('--max-concurrent-uploaded-layers', '1'));
      const posts = registry.requests.filter(({ method }) => method === 'POST').map(({ at }) => at);
      expect(posts[1]! - posts[0]!).toBeGreaterThanOrEqual(950);
    },
    limit,
  );

  test(
    'an upload that breaks is begun anew',
    async () => {
      registry.on({ method: 'PUT', path: '/blobs/uploads/', times: 1 }, faults.resetAtOnce);
      takePushes(registry);
      await succeeds(await push());
      expect(requests('POST', '/blobs/uploads/')).toBe(3);
    },
    limit,
  );

  const sent: readonly (readonly [name: string, path: string, fault: Fault, message: RegExp])[] = [
    ['a blob: a connection that always breaks', '/blobs/', faults.resetAtOnce, /reset|closed|EOF/i],
    ['a blob: 500 without end', '/blobs/', faults.status(500), /500/],
    [
      'a blob: 403 with terminal escapes',
      '/blobs/',
      faults.apiError(403, 'DENIED', '\x1b]0;own\x07no'),
      /denied|403|Forbidden/i,
    ],
    [
      'a blob: another digest than the one sent',
      '/blobs/',
      faults.status(201, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }),
      /digest|sha256:0000/,
    ],
    [
      'the manifest: another digest than the one sent',
      '/manifests/',
      faults.status(201, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` }),
      /digest|sha256:0000/,
    ],
    [
      'the manifest: a blob that it does not know',
      '/manifests/',
      faults.apiError(404, 'MANIFEST_BLOB_UNKNOWN', 'blob unknown to registry'),
      /unknown|404/i,
    ],
    ['the manifest: a web page', '/manifests/', faults.status(502, {}, '<html>'), /502/],
  ];
  test.each(sent)(
    '%s',
    async (_name, path, fault, message) => {
      registry.on({ method: 'PUT', path }, fault);
      takePushes(registry);
      await failsCleanly(await push(), message);
      if (path === '/blobs/') expect(requests('PUT', '/manifests/')).toBe(0);
    },
    limit,
  );

  test(
    'an upload that is nowhere',
    async () => {
      registry.on({ method: 'POST' }, faults.status(202));
      await failsCleanly(await push(), /upload location/);
    },
    limit,
  );

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'an upload that stands still, and %s',
    async (signal) => {
      registry.stall('state=');
      takePushes(registry);
      const running = start(place, words('--local'));
      while (requests('POST', '/blobs/uploads/') < 2) await sleep(20);
      await sleep(100);
      running.child.kill(signal);
      const ran = await running.ended;
      expect(endedBy(signal)).toContain(ran.status);
      expect(ran.stderr).not.toMatch(/internal error|at async/);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'a wrong password by the daemon, where it pushes',
    async () => {
      registry.on({}, requireBasic('alice', 'right'));
      takePushes(registry);
      const ran = await tctr(place, words('--user', 'alice:wrong'));
      expect(ran.status).toBe(1);
      expect(ran.stderr).toMatch(/401|unauthor|password|login/i);
      expect(requests('PUT', '')).toBe(0);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );
});

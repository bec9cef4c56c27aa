import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Descriptor } from '../../../src/oci/descriptor.js';
import { mediaTypes } from '../../../src/oci/media-types.js';
import { parseReference } from '../../../src/oci/reference.js';
import { mountSources } from '../../../src/ops/mount-sources.js';
import { pushImage, type PushImageOptions } from '../../../src/ops/push-image.js';
import type { ProgressEvent } from '../../../src/output/progress-events.js';
import { clientEachTest } from '../../support/fake/client-each-test.js';
import { describe as describeBytes, json } from '../../support/registry/content.js';
import * as faults from '../../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { failure, testRemote, type TestRemote } from '../../support/registry/test-remote.js';
import { takePushes } from '../../support/registry/uploads.js';

const bench = clientEachTest();
let registry: TestRegistry;
let remote: TestRemote;

beforeEach(async () => {
  registry = await startRegistry();
  remote = testRemote();
});
afterEach(async () => {
  await remote.close();
  await registry.close();
});

/** A blob of the store. */
async function stored(
  bytes: Buffer,
  mediaType: string,
  labels: ReadonlyMap<string, string> = new Map(),
): Promise<Descriptor> {
  const descriptor = describeBytes(bytes, mediaType);
  const writer = await bench.client.content.writer(descriptor.digest, descriptor);
  await writer.write(bytes);
  await writer.commit(labels, descriptor.digest);
  return descriptor;
}
const plain = ({ mediaType, digest, size }: Descriptor) => ({ mediaType, digest, size: Number(size) });
async function manifestOf(text: string, ...layers: readonly Descriptor[]): Promise<Descriptor> {
  const config = await stored(json({ text }), mediaTypes.ociConfig);
  const document = { schemaVersion: 2, config: plain(config), layers: layers.map(plain) };
  return stored(json(document), mediaTypes.ociManifest);
}
const layer = (text: string, type: string = mediaTypes.ociLayer) => stored(Buffer.from(text), type);

async function pushed(target: Descriptor, more: Partial<PushImageOptions> = {}): Promise<ProgressEvent[]> {
  const events: ProgressEvent[] = [];
  const operation = pushImage({
    client: bench.client,
    remote,
    reference: parseReference(`${registry.host}/me/app:1`),
    target,
    foreignLayers: false,
    concurrency: 0,
    signal: new AbortController().signal,
    ...more,
  });
  for await (const event of operation) events.push(event);
  return events;
}
const sent = (method: string): string[] =>
  registry.requests
    .filter((request) => request.method === method)
    .map(({ target }) => target.split('?')[0] ?? '');

describe('a push', () => {
  test('sends blobs, then the manifest under the tag', async () => {
    takePushes(registry);
    const target = await manifestOf('one', await layer('a'), await layer('b'));
    const events = await pushed(target);
    const puts = sent('PUT');
    expect(puts).toHaveLength(4);
    expect(puts.at(-1)).toBe('/v2/me/app/manifests/1');
    const last = new Map(events.map((event) => [event.kind === 'status' ? event.name : '', event]));
    expect([...last.values()].map((event) => (event.kind === 'status' ? event.status : ''))).toEqual(
      Array.from({ length: 4 }, () => 'done'),
    );
    expect(last.get(`manifest-${target.digest}`)).toMatchObject({ offset: target.size, total: target.size });
  });

  test('of an index gives only the index the tag, and sends what two share once', async () => {
    takePushes(registry);
    const shared = await layer('shared');
    const manifests = [await manifestOf('one', shared), await manifestOf('two', shared)];
    const index = await stored(
      json({ schemaVersion: 2, manifests: manifests.map(plain) }),
      mediaTypes.ociIndex,
    );
    await pushed(index);
    const puts = sent('PUT').filter((path) => path.includes('/manifests/'));
    expect(puts.slice(0, 2).sort()).toEqual(
      manifests.map(({ digest }) => `/v2/me/app/manifests/${digest}`).sort(),
    );
    expect(puts.at(-1)).toBe('/v2/me/app/manifests/1');
    expect(
      registry.requests.filter(
        ({ target }) => target.includes(encodeURIComponent(shared.digest)) && target.includes('digest='),
      ),
    ).toHaveLength(1);
  });

  test('leaves foreign layers out unless they are wanted', async () => {
    takePushes(registry);
    const foreign = await layer('foreign', mediaTypes.ociForeignLayer);
    const target = await manifestOf('one', foreign);
    await pushed(target);
    const asked = (): number =>
      registry.requests.filter(({ target: path }) => path.endsWith(foreign.digest)).length;
    expect(asked()).toBe(0);
    await pushed(target, { foreignLayers: true });
    expect(asked()).toBeGreaterThan(0);
  });

  test('of what the registry has sends nothing, though the store has it not', async () => {
    const missing = describeBytes(Buffer.from('missing'), mediaTypes.ociLayer);
    const config = describeBytes(Buffer.from('{}'), mediaTypes.ociConfig);
    const document = { schemaVersion: 2, config: plain(config), layers: [plain(missing)] };
    const target = await stored(json(document), mediaTypes.ociManifest);
    registry.put('me/app', missing.digest, { mediaType: '', bytes: Buffer.from('missing') });
    registry.put('me/app', config.digest, { mediaType: '', bytes: Buffer.from('{}') });
    takePushes(registry);
    const events = await pushed(target);
    expect(sent('POST')).toEqual([]);
    expect(events).toContainEqual(
      expect.objectContaining({ name: `layer-${missing.digest}`, status: 'done', offset: 0n }),
    );
  });

  test('mounts what another repository has', async () => {
    takePushes(registry, { mounts: () => true });
    const source = new Map([['containerd.io/distribution.source.127.0.0.1', 'other/app,me/base']]);
    const from = await stored(Buffer.from('mounted'), mediaTypes.ociLayer, source);
    const target = await manifestOf('one', from);
    await pushed(target);
    const mounts = registry.requests.filter(({ target: path }) => path.includes('mount='));
    expect(mounts.map(({ target: path }) => new URLSearchParams(path.split('?')[1]).get('from'))).toEqual([
      'me/base',
    ]);
    expect(sent('PUT').filter((path) => path.includes('/blobs/'))).toHaveLength(1);
  });

  test('that fails sends no manifest, and ends the rest', async () => {
    registry.on({ method: 'PUT', path: '/blobs/' }, faults.status(403));
    takePushes(registry);
    const target = await manifestOf('one', await layer('a'), await layer('b'));
    await expect(failure(pushed(target))).resolves.toMatchObject({ kind: 'permission denied' });
    expect(sent('PUT').some((path) => path.includes('/manifests/'))).toBe(false);
  });

  test('of what neither has names the blob', async () => {
    takePushes(registry);
    const missing = describeBytes(Buffer.from('missing'), mediaTypes.ociLayer);
    const target = await manifestOf('one', missing);
    const error = await failure(pushed(target));
    expect(error).toMatchObject({ kind: 'not found' });
    expect(error.message).toContain(missing.digest);
  });

  test('holds itself to its width', async () => {
    let open = 0;
    let most = 0;
    registry.on({ method: 'PUT', path: '/blobs/' }, async () => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 20));
      open--;
      return 'pass' as const;
    });
    takePushes(registry);
    const target = await manifestOf('one', await layer('a'), await layer('b'), await layer('c'));
    await pushed(target, { concurrency: 1 });
    expect(most).toBe(1);
  });

  test('that is interrupted ends', async () => {
    registry.stall('state=');
    takePushes(registry);
    const stop = new AbortController();
    const target = await manifestOf('one', await layer('a'));
    const ended = failure(pushed(target, { signal: stop.signal }));
    setTimeout(() => stop.abort(new Error('interrupted')), 100);
    expect((await ended).message).toBe('interrupted');
  });
});

describe('mountSources', () => {
  test.each([
    ['', 'me/app', []],
    ['me/app', 'me/app', []],
    ['other/x,me/base', 'me/app', ['me/base', 'other/x']],
    ['a/b/c,a/b/d,a/x', 'a/b/e', ['a/b/c', 'a/b/d']],
    ['x,x', 'me/app', ['x']],
    ['../etc, me/base,UPPER,a//b,a?b', 'me/app', []],
    ['me', 'me/app', ['me']],
  ])('%j for %s', (label, repository, expected) => {
    expect(mountSources(label, repository)).toEqual(expected);
  });
});

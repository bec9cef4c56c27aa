import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Descriptor } from '../../../src/oci/descriptor.js';
import { only } from '../../../src/oci/platform-matcher.js';
import { parseReference } from '../../../src/oci/reference.js';
import { fetchImage, type FetchedImage, type FetchImageOptions } from '../../../src/ops/fetch-image.js';
import type { ProgressEvent } from '../../../src/output/progress-events.js';
import { clientEachTest } from '../../support/fake/client-each-test.js';
import { buildImage, buildIndex, describe as describeBytes } from '../../support/registry/content.js';
import * as faults from '../../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { failure, testRemote, type TestRemote } from '../../support/registry/test-remote.js';

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

const amd64 = buildImage({ seed: 'one', layerSizes: [100, 200] });
const arm64 = buildImage({ seed: 'two', layerSizes: [300], architecture: 'arm64' });
const document = buildIndex([
  ['amd64', amd64],
  ['arm64', arm64],
]);
const index = describeBytes(document.bytes, document.mediaType);
const matchers = [only({ os: 'linux', architecture: 'amd64' })];
const digests = (descriptors: readonly Descriptor[]): string[] =>
  descriptors.map(({ digest }) => digest).sort();
const bucket = () => bench.fake.state.read('default');
const asked = (descriptor: Descriptor): number =>
  registry.requests.filter(({ method, target }) => method === 'GET' && target.endsWith(descriptor.digest))
    .length;

function served(): void {
  registry.push('app', amd64);
  registry.push('app', arm64);
  registry.put('app', index.digest, document);
}

async function fetched(target: Descriptor, more: Partial<FetchImageOptions> = {}): Promise<FetchedImage> {
  served();
  const image = await fetchImage(target, {
    client: bench.client,
    remote,
    reference: parseReference(`${registry.host}/app:1`),
    matchers,
    allMetadata: false,
    concurrency: 0,
    emit: () => undefined,
    signal: new AbortController().signal,
    ...more,
  });
  await image.done;
  return image;
}

describe('of an index', () => {
  test('the wanted platform comes in whole, and nothing of the others', async () => {
    const { manifests } = await fetched(index);
    expect(manifests.map(({ descriptor }) => descriptor.digest)).toEqual([amd64.manifest.digest]);
    expect([...bucket().blobs.keys()].sort()).toEqual(
      digests([index, amd64.manifest, amd64.config, ...amd64.layers]),
    );
  });

  test('the other platforms’ manifests and configs come too where all metadata is wanted', async () => {
    const { manifests } = await fetched(index, { allMetadata: true });
    expect(manifests).toHaveLength(1);
    expect([...bucket().blobs.keys()].sort()).toEqual(
      digests([index, amd64.manifest, amd64.config, ...amd64.layers, arm64.manifest, arm64.config]),
    );
  });

  test('without a choice of platforms everything comes', async () => {
    expect((await fetched(index, { matchers: [] })).manifests).toHaveLength(2);
    expect(bucket().blobs.size).toBe(8);
  });

  test('labels keep what it refers to, and tell where it came from', async () => {
    await fetched(index);
    const source = ['containerd.io/distribution.source.127.0.0.1', 'app'] as const;
    const labelsOf = ({ digest }: Descriptor) => bucket().blobs.get(digest)?.labels;
    expect(labelsOf(index)).toEqual(
      new Map<string, string | undefined>([
        ['containerd.io/gc.ref.content.m.0', amd64.manifest.digest],
        ['containerd.io/gc.ref.content.m.1', arm64.manifest.digest],
        source,
      ]),
    );
    expect(labelsOf(amd64.manifest)).toEqual(
      new Map<string, string | undefined>([
        ['containerd.io/gc.ref.content.config', amd64.config.digest],
        ['containerd.io/gc.ref.content.l.0', amd64.layers[0]?.digest],
        ['containerd.io/gc.ref.content.l.1', amd64.layers[1]?.digest],
        source,
      ]),
    );
    expect(labelsOf(amd64.config)).toEqual(new Map([source]));
  });

  test('a platform that it has not is told with those that it has, and no layer is asked for', async () => {
    const wanted = [only({ os: 'linux', architecture: 's390x' })];
    expect(await failure(fetched(index, { matchers: wanted }))).toMatchObject({
      kind: 'not found',
      message: `no match for platform in manifest ${index.digest}: not found`,
      hint: 'it is for linux/amd64, linux/arm64',
    });
    expect(amd64.layers.map(asked)).toEqual([0, 0]);
  });
});

test('what is in the store is not asked for again', async () => {
  await fetched(index);
  const before = registry.requests.length;
  const events: ProgressEvent[] = [];
  await fetched(index, { emit: (event) => events.push(event) });
  expect(registry.requests.length).toBe(before);
  expect(new Set(events.map((event) => (event.kind === 'status' ? event.status : '')))).toEqual(
    new Set(['exists']),
  );
});

test('a layer that stands in an image twice is fetched once', async () => {
  const [layer] = amd64.layers;
  const manifest = JSON.parse(amd64.manifestBytes.toString()) as { layers: unknown[] };
  manifest.layers = [manifest.layers[0], manifest.layers[0]];
  const bytes = Buffer.from(JSON.stringify(manifest));
  const twice = describeBytes(bytes, amd64.manifest.mediaType);
  registry.put('app', twice.digest, { mediaType: twice.mediaType, bytes });
  const { manifests } = await fetched(twice);
  expect(manifests[0]?.layers).toHaveLength(2);
  expect(layer && asked(layer)).toBe(1);
});

describe('what goes wrong', () => {
  const layer = amd64.layers[1] as Descriptor;
  const path = `blobs/${layer.digest}`;

  test('a layer that comes corrupt once is fetched again', async () => {
    registry.on({ path, method: 'GET', times: 1 }, faults.corruptAt(10));
    await fetched(amd64.manifest);
    expect(asked(layer)).toBe(2);
    expect(bucket().blobs.has(layer.digest)).toBe(true);
  });

  test('one that stays corrupt fails, and no ingest is left', async () => {
    registry.on({ path, method: 'GET' }, faults.corruptAt(10));
    expect((await failure(fetched(amd64.manifest))).message).toContain(layer.digest);
    expect(bucket().blobs.has(layer.digest)).toBe(false);
    expect(bucket().ingests.size).toBe(0);
  });

  test('a manifest that is not the one of its digest is not stored', async () => {
    registry.on({ path: `manifests/${amd64.manifest.digest}`, method: 'GET' }, faults.corruptAt(10));
    await failure(fetched(index));
    expect(bucket().blobs.has(amd64.manifest.digest)).toBe(false);
    expect(bucket().ingests.size).toBe(0);
  });

  test('a blob that the registry has not', async () => {
    registry.on({ path: `blobs/${amd64.config.digest}` }, faults.status(404));
    expect(await failure(fetched(amd64.manifest))).toMatchObject({ kind: 'not found' });
  });
});

test('no more layers at once than the user allows', async () => {
  const many = buildImage({ seed: 'many', layerSizes: [1000, 1000, 1000, 1000, 1000] });
  registry.push('app', many);
  let running = 0;
  let most = 0;
  registry.on({ method: 'GET', path: 'blobs/' }, async ({ request, response }): Promise<'pass'> => {
    if (!many.layers.some(({ digest }) => request.target.endsWith(digest))) return 'pass';
    most = Math.max(most, ++running);
    response.once('finish', () => running--);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return 'pass';
  });
  await fetched(many.manifest, { concurrency: 2 });
  expect(most).toBe(2);
});

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseReference } from '../../../src/oci/reference.js';
import { buildImage } from '../../support/registry/content.js';
import { cutAfter } from '../../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { collect, failure, testRemote, type TestRemote } from '../../support/registry/test-remote.js';

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

describe('a clean registry', () => {
  test('resolves a tag by HEAD and fetches manifest, config and layers', async () => {
    const image = buildImage({ seed: 'clean', layerSizes: [100, 300_000] });
    registry.push('library/clean', image, 'latest');
    const reference = parseReference(`${registry.host}/library/clean:latest`);

    const { name, descriptor, host } = await remote.resolve(reference);

    expect({ name, descriptor, host }).toEqual({
      name: `${registry.host}/library/clean:latest`,
      descriptor: image.manifest,
      host: registry.host,
    });
    expect(Buffer.from(await remote.fetchBytes(reference, descriptor))).toEqual(image.manifestBytes);
    for (const wanted of [image.config, ...image.layers]) {
      expect(await collect(remote.fetch(reference, wanted))).toEqual(
        image.contents.get(wanted.digest)?.bytes,
      );
    }
    expect(registry.requests.map(({ method, target }) => `${method} ${target.split('/')[4]}`)).toEqual([
      'HEAD manifests',
      'GET manifests',
      'GET blobs',
      'GET blobs',
      'GET blobs',
    ]);
  });

  test('says ctr’s words for what is not there', async () => {
    const name = `${registry.host}/x/y:1`;
    const error = await failure(remote.resolve(parseReference(name)));
    expect(error).toMatchObject({
      kind: 'not found',
      message: `failed to resolve reference "${name}": ${name}: not found`,
    });
    expect(remote.events).toMatchObject([{ type: 'host-failed', last: true, status: '404 Not Found' }]);
  });
});

describe('many at once', () => {
  test('downloads share connections and warn of nothing', async () => {
    const image = buildImage({
      seed: 'many',
      layerSizes: Array.from({ length: 40 }, (_, index) => 1000 + index),
    });
    registry.push('a/b', image, '1');
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on('warning', onWarning);
    try {
      const reference = parseReference(`${registry.host}/a/b:1`);
      const got = await Promise.all(image.layers.map((layer) => collect(remote.fetch(reference, layer))));
      expect(got.map((bytes) => BigInt(bytes.length))).toEqual(image.layers.map(({ size }) => size));
    } finally {
      process.off('warning', onWarning);
    }
    expect(warnings).toEqual([]);
    expect(registry.connections).toBeLessThanOrEqual(8);
  });

  test('closing ends what is under way', async () => {
    registry.on({}, cutAfter(10, 'stall'));
    const image = buildImage({ seed: 'closing' });
    registry.push('a/b', image);
    const reading = failure(collect(remote.fetch(parseReference(`${registry.host}/a/b:1`), image.config)));
    while (registry.requests.length === 0) await new Promise((go) => setTimeout(go, 5));
    await remote.close();
    expect(await reading).toMatchObject({ message: 'remote closed' });
  });
});

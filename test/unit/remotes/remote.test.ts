import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseReference } from '../../../src/oci/reference.js';
import { buildImage } from '../../support/registry/content.js';
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
      expect(await collect(remote.fetch(reference, wanted))).toEqual(image.contents.get(wanted.digest)?.bytes);
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
    expect(error).toMatchObject({ kind: 'not found', message: `failed to resolve reference "${name}": ${name}: not found` });
    expect(remote.events).toMatchObject([{ type: 'host-failed', last: true, status: '404 Not Found' }]);
  });
});

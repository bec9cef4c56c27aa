import { expect, test } from '@jest/globals';
import { annotationOf, checkpointTypes, partOf } from '../../../src/oci/checkpoint.js';
import { sha256Digest } from '../../../src/oci/chain-id.js';
import { encodeIndex } from '../../../src/ops/checkpoint-parts.js';

const part = {
  mediaType: checkpointTypes.layer,
  digest: sha256Digest('x'),
  size: 1n,
  annotations: new Map<string, string>(),
  platform: { os: 'linux', architecture: 'amd64' },
};

test('an index is written as Go writes it', () => {
  const annotations = new Map([
    ['b', '<1>'],
    ['a', '2'],
  ]);
  expect(encodeIndex({ manifests: [part], annotations })).toBe(
    `{"schemaVersion":2,"manifests":[{"mediaType":"${part.mediaType}","digest":"${part.digest}","size":1,` +
      String.raw`"platform":{"architecture":"amd64","os":"linux"}}],"annotations":{"a":"2","b":"\u003c1\u003e"}}`,
  );
  expect(encodeIndex({ manifests: [], annotations: new Map() })).toBe('{"schemaVersion":2,"manifests":null}');
});

test('what a checkpoint lacks is named', () => {
  const index = { manifests: [part], annotations: new Map([['io.containerd.checkpoint.runtime', '']]) };
  expect(partOf(index, checkpointTypes.layer)).toBe(part);
  expect(() => partOf(index, checkpointTypes.spec)).toThrow('media type not found');
  expect(() => annotationOf(index, 'image')).toThrow('image name not found in index');
  expect(() => annotationOf(index, 'runtime')).toThrow('runtime not found in index');
  expect(() => annotationOf(index, 'snapshotter')).toThrow('snapshotter not found in index');
});

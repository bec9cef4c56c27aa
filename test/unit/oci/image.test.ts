import { describe, expect, test } from '@jest/globals';
import { chainId, chainIds, sha256Digest } from '../../../src/oci/chain-id.js';
import { parseDigest } from '../../../src/oci/digest.js';
import { KindError } from '../../../src/oci/errors.js';
import { decodeImageConfig } from '../../../src/oci/image-config.js';
import { decodeIndex } from '../../../src/oci/image-index.js';
import { decodeManifest } from '../../../src/oci/manifest.js';
import {
  isConfig,
  isForeignLayer,
  isIndex,
  isLayer,
  isManifest,
  isSchema1,
  layerCompression,
  mediaTypes,
} from '../../../src/oci/media-types.js';

const digest = `sha256:${'a'.repeat(64)}`;
const config = { mediaType: mediaTypes.ociConfig, digest, size: 7 };
const layer = { mediaType: mediaTypes.ociLayerGzip, digest, size: 1 };
const manifest = { schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers: [layer] };
const index = {
  schemaVersion: 2,
  manifests: [
    {
      mediaType: mediaTypes.ociManifest,
      digest,
      size: 9,
      platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
    },
  ],
};
const json = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
const asManifest = (value: unknown, mediaType: string = mediaTypes.ociManifest) =>
  decodeManifest({ content: json(value), mediaType });
const asIndex = (value: unknown, mediaType: string = mediaTypes.ociIndex) =>
  decodeIndex({ content: json(value), mediaType });

test('a manifest', () => {
  const annotations = '{"__proto__":"x","b":"1"}';
  const text = JSON.stringify({ ...manifest, annotations: 0, subject: config }).replace(
    '"annotations":0',
    `"annotations":${annotations}`,
  );
  expect(asManifest(text)).toEqual({
    mediaType: mediaTypes.ociManifest,
    config: { ...config, size: 7n, annotations: new Map() },
    layers: [{ ...layer, size: 1n, annotations: new Map() }],
    annotations: new Map([
      ['__proto__', 'x'],
      ['b', '1'],
    ]),
    subject: { ...config, size: 7n, annotations: new Map() },
  });
});

test('an index', () => {
  expect(asIndex(index).manifests).toEqual([
    {
      mediaType: mediaTypes.ociManifest,
      digest,
      size: 9n,
      annotations: new Map(),
      platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
    },
  ]);
  expect(
    asIndex({ ...index, mediaType: mediaTypes.dockerIndex }, mediaTypes.dockerIndex).manifests,
  ).toHaveLength(1);
});

test.each<[string, () => unknown, string]>([
  ['an index as a manifest', () => asManifest({ ...manifest, manifests: [] }), 'unexpected "manifests"'],
  ['a manifest as an index', () => asIndex({ ...index, layers: [] }), 'unexpected "layers"'],
  ['a config in an index', () => asIndex({ ...index, config: {} }), 'unexpected "config"'],
  ['schema 1', () => asManifest({ ...manifest, fsLayers: [] }), 'unexpected "fsLayers"'],
  [
    'another media type',
    () => asManifest({ ...manifest, mediaType: mediaTypes.ociIndex }),
    'document says to be',
  ],
  [
    'another spelling',
    () => asManifest({ ...manifest, Manifests: [] }),
    'ambiguous key "Manifests": expected "manifests"',
  ],
  ['schemaVersion 1', () => asManifest({ ...manifest, schemaVersion: 1 }), 'schemaVersion is not 2'],
  [
    'schemaVersion 2.0',
    () => asManifest(JSON.stringify(manifest).replace(':2', ':2.0')),
    'schemaVersion is not 2',
  ],
  ['no config', () => asManifest({ ...manifest, config: null }), 'config is not an object'],
  ['a list', () => asManifest([]), 'image document is not an object'],
  ['layers that are no list', () => asManifest({ ...manifest, layers: {} }), 'layers is not an array'],
  ['a type that is no manifest', () => asManifest(manifest, mediaTypes.ociIndex), 'is not a manifest'],
  ['a type that is no index', () => asIndex(index, mediaTypes.ociManifest), 'is not an index'],
  [
    'a bad digest',
    () => asManifest({ ...manifest, layers: [{ ...layer, digest: 'sha256:../../etc' }] }),
    'invalid checksum digest',
  ],
  ['no digest', () => asManifest({ ...manifest, config: { size: 1 } }), 'invalid checksum digest format'],
  [
    'annotations of numbers',
    () => asManifest({ ...manifest, annotations: { a: 1 } }),
    'annotations is not an object of strings',
  ],
  [
    'too many layers',
    () => asManifest({ ...manifest, layers: Array(10_001).fill(layer) }),
    'too many descriptors (limit 10000)',
  ],
  [
    'too large',
    () => asManifest(JSON.stringify(manifest).padEnd(4 * 1024 * 1024 + 1)),
    'is larger than 4194304',
  ],
])('%s is refused', (_, decode, message) => {
  expect(decode).toThrow(KindError);
  expect(decode).toThrow(message);
});

describe('size', () => {
  test.each([
    ['0', 0n],
    ['9007199254740993', 9007199254740993n],
    ['9223372036854775807', 2n ** 63n - 1n],
  ])('%s', (size, expected) => {
    expect(asManifest(JSON.stringify(manifest).replace('"size":7', `"size":${size}`)).config.size).toBe(
      expected,
    );
  });
  test.each(['-1', '9223372036854775808', '1e3', '1.5', '"5"', 'null', 'true'])('%s is refused', (size) => {
    const text = JSON.stringify(manifest).replace('"size":7', `"size":${size}`);
    expect(() => asManifest(text)).toThrow('config: size is not an integer from 0 to 9223372036854775807');
  });
});

describe('an image config', () => {
  test('in full', () => {
    const decoded = decodeImageConfig(
      json({
        os: 'linux',
        architecture: 'arm',
        variant: 'v7',
        created: '2026-11-21T02:17:04Z',
        config: {
          User: '1000',
          Env: ['A=1'],
          Entrypoint: ['/sh'],
          Cmd: null,
          WorkingDir: '/w',
          StopSignal: 'SIGINT',
          Labels: { a: 'b' },
          ExposedPorts: { '80/tcp': {} },
          Volumes: { '/v': {} },
        },
        rootfs: { type: 'layers', diff_ids: [digest] },
        history: [{ created_by: 'COPY', empty_layer: true }, {}],
      }),
    );
    expect(decoded).toEqual({
      platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
      created: '2026-11-21T02:17:04Z',
      process: {
        user: '1000',
        env: ['A=1'],
        entrypoint: ['/sh'],
        cmd: [],
        workingDir: '/w',
        stopSignal: 'SIGINT',
        labels: new Map([['a', 'b']]),
        exposedPorts: ['80/tcp'],
        volumes: ['/v'],
      },
      diffIds: [digest],
      history: [{ createdBy: 'COPY', emptyLayer: true }, { emptyLayer: false }],
    });
  });
  test('empty', () => {
    expect(decodeImageConfig(json('{}'))).toMatchObject({
      platform: { os: '', architecture: '' },
      diffIds: [],
      history: [],
    });
  });
  test.each<[unknown, string]>([
    [{ config: { Env: 'A=1' } }, 'Env is not an array'],
    [{ config: { Env: [1] } }, 'Env is not an array of strings'],
    [{ config: { Cmd: ['a\0'] } }, 'NUL byte'],
    [{ rootfs: { diff_ids: ['x'] } }, 'invalid checksum digest format'],
    [{ os: 1 }, 'os is not a string'],
  ])('%j is refused', (value, message) => {
    expect(() => decodeImageConfig(json(value))).toThrow(message);
  });
});

describe('media types', () => {
  test.each([
    [mediaTypes.ociIndex, { index: true }],
    [mediaTypes.dockerIndex, { index: true }],
    [mediaTypes.ociManifest, { manifest: true }],
    [mediaTypes.dockerManifest, { manifest: true }],
    [mediaTypes.dockerSignedManifestV1, { schema1: true }],
    [mediaTypes.ociConfig, { config: true }],
    [mediaTypes.dockerConfig, { config: true }],
    [mediaTypes.ociLayer, { layer: true, compression: 'none' }],
    [mediaTypes.ociLayerGzip, { layer: true, compression: 'gzip' }],
    [mediaTypes.ociLayerZstd, { layer: true, compression: 'zstd' }],
    [`${mediaTypes.ociLayerGzip}+encrypted`, { layer: true, compression: 'gzip' }],
    [`${mediaTypes.ociForeignLayer}+gzip`, { layer: true, foreign: true, compression: 'gzip' }],
    [mediaTypes.dockerLayer, { layer: true, compression: 'none' }],
    [mediaTypes.dockerLayerGzip, { layer: true, compression: 'gzip' }],
    [mediaTypes.dockerForeignLayerGzip, { layer: true, foreign: true, compression: 'gzip' }],
    [mediaTypes.ociEmpty, {}],
    ['', {}],
  ])('%s', (mediaType, expected) => {
    const found = {
      index: isIndex(mediaType),
      manifest: isManifest(mediaType),
      schema1: isSchema1(mediaType),
      config: isConfig(mediaType),
      layer: isLayer(mediaType),
      foreign: isForeignLayer(mediaType),
      compression: layerCompression(mediaType),
    };
    const none = {
      index: false,
      manifest: false,
      schema1: false,
      config: false,
      layer: false,
      foreign: false,
    };
    expect(found).toEqual({ ...none, compression: undefined, ...expected });
  });
});

test('chain IDs', () => {
  const a = parseDigest(`sha256:${'a'.repeat(64)}`);
  const b = parseDigest(`sha256:${'b'.repeat(64)}`);
  const ab = sha256Digest(`${a} ${b}`);
  expect(chainIds([a, b, a])).toEqual([a, ab, sha256Digest(`${ab} ${a}`)]);
  expect(chainId([a, b])).toBe(ab);
  expect(chainId([])).toBeUndefined();
  expect(sha256Digest('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

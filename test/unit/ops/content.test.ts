import { describe, expect, test } from '@jest/globals';
import { ingestRef } from '../../../src/oci/ingest-ref.js';
import { parseDigest } from '../../../src/oci/digest.js';
import { mediaTypes } from '../../../src/oci/media-types.js';
import { ingestFilter } from '../../../src/ops/ingest-filter.js';
import { isLayerReference } from '../../../src/ops/prune-references.js';

const digest = parseDigest(`sha256:${'a'.repeat(64)}`);

test.each([
  [mediaTypes.ociManifest, 'manifest'],
  [mediaTypes.dockerManifest, 'manifest'],
  [mediaTypes.ociIndex, 'index'],
  [mediaTypes.ociConfig, 'config'],
  [mediaTypes.ociLayerGzip, 'layer'],
  ['application/x', 'layer'],
  ['', 'layer'],
])('a %s is ingested as %s', (mediaType, kind) => {
  expect(ingestRef({ mediaType, digest })).toBe(`${kind}-${digest}`);
});

describe('references to layers', () => {
  test.each([
    ['containerd.io/gc.ref.content.l.0', true],
    ['containerd.io/gc.ref.content.l.', true],
    ['containerd.io/gc.ref.content.l.x\ny', true],
    ['containerd.io/gc.ref.content.1', true],
    ['containerd.io/gc.ref.content.0', false],
    ['containerd.io/gc.ref.content.-1', false],
    ['containerd.io/gc.ref.content.config', false],
    ['containerd.io/gc.ref.content.m.0', false],
    ['containerd.io/gc.ref.content', false],
    ['x.containerd.io/gc.ref.content.l.0', false],
  ])('%s: %s', (label, expected) => {
    expect(isLayerReference(label)).toBe(expected);
  });
});

test.each(['(', '[z-a]', 'a**'])('%s is no regular expression', (text) => {
  expect(() => ingestFilter(text)).toThrow(`invalid regular expression ${JSON.stringify(text)}`);
});

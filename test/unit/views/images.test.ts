import { describe, expect, test } from '@jest/globals';
import type { Descriptor } from '../../../src/oci/descriptor.js';
import { parseDigest } from '../../../src/oci/digest.js';
import { KindError } from '../../../src/oci/errors.js';
import { mediaTypes } from '../../../src/oci/media-types.js';
import type { CheckedImage } from '../../../src/ops/check-images.js';
import type { ImageNode } from '../../../src/ops/image-tree.js';
import { imageCheck, isReady } from '../../../src/views/image-check.js';
import { drawImageTree } from '../../../src/views/image-tree.js';
import { renderList } from '../../../src/views/render-list.js';

const descriptor = (
  mediaType: string,
  mark: string,
  size = 10n,
  more: Partial<Descriptor> = {},
): Descriptor => ({
  mediaType,
  digest: parseDigest(`sha256:${mark.repeat(64)}`),
  size,
  annotations: new Map(),
  ...more,
});
const node = (
  of: Descriptor,
  children: readonly ImageNode[] = [],
  more: Partial<ImageNode> = {},
): ImageNode => ({
  descriptor: of,
  missing: false,
  children,
  ...more,
});
const config = descriptor(mediaTypes.ociConfig, 'c', 3n);
const layer = descriptor(mediaTypes.ociLayerGzip, 'd', 2048n);
const manifest = descriptor(mediaTypes.ociManifest, 'b');
const time = { seconds: 1_700_000_000n, nanos: 120_000_000 };
const tree = (root: ImageNode, labels = new Map<string, string>(), name = 'a/b:1') =>
  drawImageTree({ image: { name, labels, target: root.descriptor, createdAt: time, updatedAt: time }, root });
const head =
  'a/b:1\n│    Created: 2023-11-14 22:13:20.12 +0000 UTC\n│    Updated: 2023-11-14 22:13:20.12 +0000 UTC\n';
const short = (text: string): string => text.replaceAll(/([a-d])\1{63}/g, '$1');

describe('the tree of an image', () => {
  test('a manifest', () => {
    const { text, failure } = tree(node(manifest, [node(config), node(layer)]));
    expect(failure).toBeUndefined();
    expect(short(text)).toBe(
      `${head}└── ${mediaTypes.ociManifest} @sha256:b (10 bytes)
    ├── ${mediaTypes.ociConfig} @sha256:c (3 bytes)
    └── ${mediaTypes.ociLayerGzip} @sha256:d (2048 bytes)
`,
    );
  });

  test('an index: platforms, and what was never pulled', () => {
    const index = descriptor(mediaTypes.ociIndex, 'a');
    const of = (architecture: string) => ({
      ...manifest,
      platform: { os: 'linux', architecture, variant: 'v8' },
    });
    const { text } = tree(
      node(index, [node(of('amd64'), [node(config)]), node(of('arm64'), [], { missing: true })]),
    );
    expect(short(text)).toBe(
      `${head}└── ${mediaTypes.ociIndex} @sha256:a (10 bytes)
    ├── ${mediaTypes.ociManifest} @sha256:b (10 bytes)
    │   │    Platform: linux/amd64
    │   └── ${mediaTypes.ociConfig} @sha256:c (3 bytes)
    └── ${mediaTypes.ociManifest} @sha256:b (10 bytes)
        │    Platform: linux/arm64
        └──  Content does not exist locally, skipping
`,
    );
  });

  test('labels and documents in boxes, labels sorted', () => {
    const labels = new Map([
      ['b', '2'],
      ['a', 'x"y'],
    ]);
    const { text } = tree(
      node(manifest, [node(config, [], { labels, json: Buffer.from('{"os":"linux"}') }), node(layer)]),
      labels,
    );
    expect(short(text)).toBe(
      `${head}│    Label "a": "x\\"y"
│    Label "b": "2"
└── ${mediaTypes.ociManifest} @sha256:b (10 bytes)
    ├── ${mediaTypes.ociConfig} @sha256:c (3 bytes)
    │   ┌────────Labels─────────
    │   │"a": "x\\"y"
    │   │"b": "2"
    │   └───────────────────────
    │   ┌────────Content────────
    │   │{
    │   │   "os": "linux"
    │   │}
    │   └───────────────────────
    └── ${mediaTypes.ociLayerGzip} @sha256:d (2048 bytes)
`,
    );
  });

  test('up to what cannot be read', () => {
    const why = new KindError('not found', 'gone');
    const { text, failure } = tree(node(manifest, [node(config, [], { failure: why }), node(layer)]));
    expect(failure).toBe(why);
    expect(short(text).endsWith('@sha256:c (3 bytes)\n')).toBe(true);
  });

  test('a document that is none', () => {
    const { failure } = tree(node(config, [], { labels: new Map(), json: Buffer.from('{') }));
    expect(failure).toMatchObject({ kind: 'invalid argument' });
  });

  test('nothing of it moves a cursor', () => {
    const json = Buffer.from('{"a":"\u009b31m\u202e"}');
    const hostile = { ...config, mediaType: 'a/\u001b[31m' };
    const labels = new Map([['\u001b', '\u202e']]);
    const { text } = tree(
      node(manifest, [node(hostile, [], { json, labels })]),
      labels,
      'x\u001b]0;own\u0007',
    );
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});

describe('the check of images', () => {
  const image = { name: 'a/b:1', labels: new Map<string, string>(), target: manifest };
  const row = (more: Partial<CheckedImage>): CheckedImage => ({
    image,
    required: [config, layer],
    present: [config, layer],
    unpacked: true,
    ...more,
  });
  const last = async (more: Partial<CheckedImage>): Promise<string> => {
    const [, line = ''] = (await renderList([row(more)], imageCheck, {})).split('\n');
    return line.replace(/^.*b{64} /, '');
  };
  const why = new KindError('internal', 'why');

  test.each<[string, Partial<CheckedImage>, string, boolean]>([
    ['whole', {}, 'complete (2/2) 2.0 KiB/2.0 KiB true', true],
    ['not unpacked', { unpacked: false }, 'complete (2/2) 2.0 KiB/2.0 KiB false', false],
    ['in part', { present: [config] }, 'incomplete (1/2) 3.0 B/2.0 KiB true', false],
    [
      'not at all',
      { required: undefined, present: [], unpacked: false },
      'unavailable (0/?) 0.0 B/? false',
      false,
    ],
    ['not known', { contentError: why, unpacked: true }, 'error  -    true', false],
  ])('%s', async (_, more, text, ready) => {
    expect(await last(more)).toBe(text);
    expect(isReady(row(more))).toBe(ready);
  });

  test('as JSON', async () => {
    expect(
      JSON.parse(await renderList([row({ present: [config] })], imageCheck, { format: 'json' })),
    ).toEqual([
      {
        Name: 'a/b:1',
        MediaType: mediaTypes.ociManifest,
        Digest: manifest.digest,
        Status: 'incomplete',
        Size: 3,
        Unpacked: true,
      },
    ]);
  });
});

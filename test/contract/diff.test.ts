import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { DiffOptions } from '../../src/client/diff.js';
import { all } from '../support/all.js';
import { contract, refusal } from './contract.js';
import { emptyNamespace } from './empty-namespace.js';

/** Keeps the collector away. */
const kept = new Map([['containerd.io/gc.root', 'test']]);
const tar = 'application/vnd.oci.image.layer.v1.tar';
const options = (more: Partial<DiffOptions> = {}): DiffOptions => ({
  mediaType: `${tar}+gzip`,
  ref: '',
  labels: kept,
  ...more,
});

contract('diff', (given) => {
  beforeEach(() => emptyNamespace(given.client));

  describe.each(['overlayfs', 'native'])('of two snapshots of %s', (snapshotter) => {
    const pair = async () => {
      const snapshots = given.client.snapshots(snapshotter);
      const [left, right] = [await snapshots.prepare('a', '', kept), await snapshots.prepare('b', '', kept)];
      return [left, right] as const;
    };

    test.each([
      [tar, (bytes: Buffer) => bytes],
      [`${tar}+gzip`, (bytes: Buffer) => gunzipSync(bytes)],
    ])('is a layer of type %s in the content store', async (mediaType, unpacked) => {
      const [left, right] = await pair();
      const layer = await given.client.diff.diff(left, right, options({ mediaType }));
      expect(layer.mediaType).toBe(mediaType);
      const bytes = Buffer.concat(await all(given.client.content.read(layer.digest)));
      expect(BigInt(bytes.length)).toBe(layer.size);
      expect(`sha256:${createHash('sha256').update(bytes).digest('hex')}`).toBe(layer.digest);
      expect(unpacked(bytes).every((byte) => byte === 0)).toBe(true); // an archive with nothing in it
    });

    test('has the labels that it is given', async () => {
      const [left, right] = await pair();
      const labels = new Map([...kept, ['a', 'b']]);
      const { digest } = await given.client.diff.diff(left, right, options({ labels }));
      const found = await given.client.content.info(digest);
      expect(found.labels).toEqual(
        new Map<string, unknown>([
          ...labels,
          ['containerd.io/uncompressed', expect.stringMatching(/^sha256:/)],
        ]),
      );
    });

    test('is refused in a type that nobody knows', async () => {
      const [left, right] = await pair();
      expect(await refusal(given.client.diff.diff(left, right, options({ mediaType: 'nope' })))).toEqual({
        kind: 'not implemented',
        message: 'unsupported diff media type: nope: not implemented',
      });
    });
  });
});

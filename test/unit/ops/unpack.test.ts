import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { Kind } from '../../../src/gen/services/snapshots/v1/snapshots.js';
import { chainIds } from '../../../src/oci/chain-id.js';
import type { Descriptor } from '../../../src/oci/descriptor.js';
import { parseDigest, type Digest } from '../../../src/oci/digest.js';
import { decodeImageConfig } from '../../../src/oci/image-config.js';
import { unpack, type UnpackOptions } from '../../../src/ops/unpack.js';
import type { Snapshot } from '../../support/fake/state.js';
import { clientEachTest } from '../../support/fake/client-each-test.js';
import { buildImage } from '../../support/registry/content.js';
import { failure } from '../../support/registry/test-remote.js';

const bench = clientEachTest();
const image = buildImage({ seed: 'unpack', layerSizes: [10, 20, 30] });
const { diffIds } = decodeImageConfig(image.contents.get(image.config.digest)?.bytes ?? Buffer.alloc(0));
const chain = chainIds(diffIds);
const bucket = () => bench.fake.state.write('default');
const snapshots = () => bucket().snapshots.get('overlayfs') ?? new Map<string, Snapshot>();
const applied = () => bench.fake.calls.of('Diff.Apply').length;

/** Puts the image's blobs into the store. */
function stored(): void {
  const now = bench.fake.state.clock();
  for (const [text, { bytes }] of image.contents) {
    const digest = parseDigest(text);
    bench.fake.state.bytes.set(digest, bytes);
    const size = BigInt(bytes.length);
    bucket().blobs.set(digest, { digest, size, labels: new Map(), createdAt: now, updatedAt: now });
  }
}

const run = (more: Partial<UnpackOptions> = {}): Promise<Digest> => {
  stored();
  const { config, layers } = image;
  return unpack({ client: bench.client, snapshotter: 'overlayfs', config, layers, diffIds, ...more });
};

describe('an image', () => {
  test('becomes a chain of snapshots, tied to its config, its layers to what is in them', async () => {
    expect(await run()).toBe(chain[2]);
    expect([...snapshots()].map(([name, { kind, parent }]) => [name, kind, parent])).toEqual([
      [chain[0], Kind.COMMITTED, ''],
      [chain[1], Kind.COMMITTED, chain[0]],
      [chain[2], Kind.COMMITTED, chain[1]],
    ]);
    const labelsOf = (digest: Digest) => bucket().blobs.get(digest)?.labels;
    expect(labelsOf(image.config.digest)).toEqual(
      new Map([['containerd.io/gc.ref.snapshot.overlayfs', chain[2]]]),
    );
    expect(image.layers.map(({ digest }) => labelsOf(digest)?.get('containerd.io/uncompressed'))).toEqual(
      diffIds,
    );
  });

  test('that is there is not unpacked again, one that is half there from where it stops', async () => {
    await run();
    expect(applied()).toBe(3);
    await run();
    expect(applied()).toBe(3);
    snapshots().delete(chain[2] ?? '');
    expect(await run()).toBe(chain[2]);
    expect(applied()).toBe(4);
  });

  test('is unpacked layer by layer as they arrive', async () => {
    const waited: Descriptor[] = [];
    await run({
      fetched: (layer) => {
        waited.push(layer);
        expect(applied()).toBe(waited.length - 1);
        return Promise.resolve();
      },
    });
    expect(waited).toEqual(image.layers);
  });

  test('that somebody else unpacks at the same time is shared', async () => {
    await Promise.all([run(), run()]);
    expect([...snapshots().keys()].sort()).toEqual([...chain].sort());
  });
});

describe('what goes wrong leaves no snapshot that is not whole', () => {
  const active = () => [...snapshots().values()].filter(({ kind }) => kind !== Kind.COMMITTED);

  test('a layer that holds something else than the config says', async () => {
    const [, second] = image.layers;
    const other = parseDigest(`sha256:${createHash('sha256').update('other').digest('hex')}`);
    bench.fake.state.diffIds.set(second?.digest ?? other, other);
    expect(await failure(run())).toMatchObject({
      kind: 'failed precondition',
      message: `wrong diff id calculated on extraction "${other}", expected "${diffIds[1]}"`,
    });
    expect(active()).toEqual([]);
    expect([...snapshots().keys()]).toEqual([chain[0]]);
  });

  test('a download that fails', async () => {
    const error = new Error('lost');
    expect(await failure(run({ fetched: () => Promise.reject(error) }))).toBe(error);
    expect(snapshots().size).toBe(0);
  });

  test.each([
    ['Diff.Apply', /^failed to extract layer sha256:\w+: no space left on device$/],
    ['Snapshots.Commit', /^no space left on device$/],
  ])('%s that fails', async (method, message) => {
    bench.fake.fault(
      { method, skip: 1 },
      { kind: 'status', code: 'UNKNOWN', message: 'no space left on device' },
    );
    expect(await failure(run())).toMatchObject({
      message: expect.stringMatching(message),
    });
    expect(active()).toEqual([]);
  });

  test('an unknown snapshotter, before a layer is waited for', async () => {
    let waited = false;
    const fetched = (): Promise<void> => {
      waited = true;
      return Promise.resolve();
    };
    expect(await failure(run({ snapshotter: 'nope', fetched }))).toMatchObject({
      kind: 'invalid argument',
      message: expect.stringMatching(/^failed to stat snapshot sha256:.*snapshotter not loaded: nope/),
    });
    expect(waited).toBe(false);
  });

  test.each<[string, Partial<UnpackOptions>, string]>([
    [
      'more layers than the config has',
      { diffIds: diffIds.slice(1) },
      'mismatched image rootfs and manifest layers: 2 and 3',
    ],
    ['no layers', { diffIds: [], layers: [] }, 'the image has no layers to unpack'],
  ])('%s', async (_, more, message) => {
    expect(await failure(run(more))).toMatchObject({ kind: 'invalid argument', message });
    expect(snapshots().size).toBe(0);
  });
});

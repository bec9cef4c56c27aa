import { describe, expect, test } from '@jest/globals';
import type { Descriptor } from '../../../src/oci/descriptor.js';
import type { Digest } from '../../../src/oci/digest.js';
import { ingestRef } from '../../../src/oci/ingest-ref.js';
import { ingest, type IngestOptions } from '../../../src/ops/ingest.js';
import { clientEachTest } from '../../support/fake/client-each-test.js';
import { describe as describeBytes } from '../../support/registry/content.js';
import { failure } from '../../support/registry/test-remote.js';

const bench = clientEachTest();
const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip';
const bytes = Buffer.from('the bytes of a layer');
const descriptor = describeBytes(bytes, layerType);
const ref = `layer-${descriptor.digest}`;
const bucket = () => bench.fake.state.write('default');
const labels = new Map([['k', 'v']]);

async function* from(...chunks: readonly (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    if (chunk instanceof Error) throw chunk;
    yield await Promise.resolve(chunk);
  }
}

const bring = (more: Partial<IngestOptions> = {}): Promise<boolean> =>
  ingest({
    client: bench.client,
    descriptor,
    labels,
    open: (offset) => from(bytes.subarray(Number(offset))),
    signal: new AbortController().signal,
    ...more,
  });

const hold = (data: Buffer, locked: boolean): void => {
  const now = bench.fake.state.clock();
  const total = BigInt(bytes.length);
  bucket().ingests.set(ref, { ref, data, total, startedAt: now, updatedAt: now, locked });
};

describe('a blob', () => {
  test('comes in with its labels, and tells how far it is', async () => {
    const offsets: bigint[] = [];
    const open = (): AsyncIterable<Uint8Array> => from(bytes.subarray(0, 5), bytes.subarray(5));
    expect(await bring({ open, onOffset: (offset) => offsets.push(offset) })).toBe(true);
    expect(offsets).toEqual([5n, BigInt(bytes.length)]);
    expect(bucket().blobs.get(descriptor.digest)?.labels).toEqual(labels);
  });

  test('that is there is not asked for, and gets the labels beside its own', async () => {
    await bring({ labels: new Map([['old', '1']]) });
    const open = (): never => {
      throw new Error('asked for');
    };
    expect(await bring({ open })).toBe(false);
    expect(bucket().blobs.get(descriptor.digest)?.labels).toEqual(new Map([['old', '1'], ...labels]));
  });

  test('that an earlier try left half is gone on with', async () => {
    hold(bytes.subarray(0, 7), false);
    const asked: bigint[] = [];
    const open = (offset: bigint): AsyncIterable<Uint8Array> => {
      asked.push(offset);
      return from(bytes.subarray(Number(offset)));
    };
    expect(await bring({ open })).toBe(true);
    expect(asked).toEqual([7n]);
  });

  test('that another client is writing is waited for', async () => {
    hold(bytes.subarray(0, 7), true);
    const bringing = bring();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(bucket().blobs.size).toBe(0);
    bucket().ingests.delete(ref);
    expect(await bringing).toBe(true);
  });

  test('that another client has finished meanwhile counts, and gets the labels', async () => {
    await bring({ labels: new Map() });
    const info = bucket().blobs.get(descriptor.digest);
    bucket().blobs.clear();
    bench.fake.state.bytes.clear();
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(bytes);
      if (info) bucket().blobs.set(descriptor.digest, info);
    };
    expect(await bring({ open })).toBe(false);
    expect(bucket().blobs.get(descriptor.digest)?.labels).toEqual(labels);
  });
});

describe('what goes wrong leaves no ingest', () => {
  const left = async (bringing: Promise<unknown>): Promise<Error> => {
    const error = await failure(bringing);
    expect(bucket().ingests.size).toBe(0);
    expect(bucket().blobs.size).toBe(0);
    return error;
  };

  test('a source that fails half-way', async () => {
    const error = new Error('the registry went away');
    expect(await left(bring({ open: () => from(bytes.subarray(0, 5), error) }))).toBe(error);
  });

  test('bytes of another digest, and too few', async () => {
    const wrong = Buffer.alloc(bytes.length, 'x');
    expect(await left(bring({ open: () => from(wrong) }))).toMatchObject({ kind: 'failed precondition' });
    expect(await left(bring({ open: () => from(bytes.subarray(1)) }))).toMatchObject({
      message: expect.stringContaining('failed size validation'),
    });
  });

  test('an interrupt between two pieces', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const open = async function* (): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(bytes.subarray(0, 5));
      controller.abort(reason);
      yield bytes.subarray(5);
    };
    expect(await left(bring({ open, signal: controller.signal }))).toBe(reason);
  });

  test('a full disk', async () => {
    bench.fake.fault(
      { method: 'Content.Write' },
      { kind: 'status', code: 'UNKNOWN', message: 'no space left' },
    );
    expect(await left(bring())).toMatchObject({ kind: 'unknown', message: 'no space left' });
  });
});

test('a daemon that is unavailable for another reason is not waited for', async () => {
  bench.fake.fault(
    { method: 'Content.Write' },
    { kind: 'status', code: 'UNAVAILABLE', message: 'down: unavailable' },
  );
  expect(await failure(bring())).toMatchObject({ kind: 'unavailable', message: 'down: unavailable' });
  expect(bench.fake.calls.of('Content.Write')).toHaveLength(1);
});

test('who waits for another client can be interrupted', async () => {
  hold(bytes.subarray(0, 7), true);
  const controller = new AbortController();
  // The timer's own error is of Node.js, not of this test's world.
  const bringing = bring({ signal: controller.signal }).catch((error: unknown) => error as Error);
  await new Promise((resolve) => setTimeout(resolve, 50));
  controller.abort(new Error('interrupted'));
  expect(await bringing).toMatchObject({ name: 'AbortError' });
  expect(bucket().ingests.get(ref)?.data.length).toBe(7);
});

test.each([
  ['application/vnd.oci.image.manifest.v1+json', 'manifest'],
  ['application/vnd.docker.distribution.manifest.v2+json', 'manifest'],
  ['application/vnd.oci.image.index.v1+json', 'index'],
  ['application/vnd.docker.distribution.manifest.list.v2+json', 'index'],
  ['application/vnd.oci.image.config.v1+json', 'config'],
  [layerType, 'layer'],
  ['application/x-anything', 'layer'],
])('%s is ingested as %s', (mediaType, kind) => {
  const digest = 'sha256:aa' as Digest;
  expect(ingestRef({ mediaType, digest, size: 1n } as Descriptor)).toBe(`${kind}-sha256:aa`);
});

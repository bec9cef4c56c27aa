import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { WriteAction, type WriteContentRequest } from '../../../src/gen/services/content/v1/content.js';
import { parseDigest } from '../../../src/oci/digest.js';
import { clientEachTest } from '../../support/fake/client-each-test.js';
import { failure } from '../../support/registry/test-remote.js';

const bench = clientEachTest();
const bytes = Buffer.alloc(3_500_000, 'abcdefgh');
const digest = parseDigest(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
const blob = { digest, size: BigInt(bytes.length) };
const open = (ref = 'r', of: typeof blob | { size: bigint } = blob) => bench.client.content.writer(ref, of);
const bucket = () => bench.fake.state.read('default');
const sent = () => bench.fake.calls.only('Content.Write').requests as readonly WriteContentRequest[];

test('many small pieces arrive whole, in few messages', async () => {
  const writer = await open();
  for (let at = 0; at < bytes.length; at += 1000) await writer.write(bytes.subarray(at, at + 1000));
  expect(await writer.commit(new Map([['k', 'v']]))).toBe(digest);
  expect(bucket().blobs.get(digest)?.labels).toEqual(new Map([['k', 'v']]));
  expect(bench.fake.state.bytes.get(digest)?.equals(bytes)).toBe(true);
  const writes = sent().filter(({ action }) => action === WriteAction.WRITE);
  expect(writes.map(({ data }) => data.length)).toEqual([1048576, 1048576, 1048576, 354272]);
  expect(writes.map(({ offset }) => Number(offset))).toEqual([0, 1048576, 2097152, 3145728]);
});

test('a piece that is larger than a message is taken apart', async () => {
  const writer = await open();
  await writer.write(bytes);
  await writer.commit();
  expect(Math.max(...sent().map(({ data }) => data.length))).toBe(1048576);
  expect(bench.fake.calls.only('Content.Write').ended).toBe('OK');
});

test('an ingest is gone on with from where it was left', async () => {
  const first = await open();
  await first.write(bytes.subarray(0, 2_097_152));
  await until(() => bucket().ingests.get('r')?.data.length === 2_097_152);
  first.close();
  await until(() => bucket().ingests.get('r')?.locked === false);
  const held = 2_097_152n;
  const second = await open();
  expect(second.offset).toBe(held);
  await second.write(bytes.subarray(Number(held)));
  expect(await second.commit()).toBe(digest);
  expect(bucket().ingests.size).toBe(0);
});

test('an empty blob is one, and a size that is not known is counted', async () => {
  const empty = await open('empty', { size: 0n });
  expect(await empty.commit()).toBe(`sha256:${createHash('sha256').digest('hex')}`);
  const unsized = await open('unsized', { size: 0n });
  await unsized.write(Buffer.from('four'));
  await unsized.commit();
  const last = bench.fake.calls.of('Content.Write').at(-1)?.requests.at(-1) as WriteContentRequest;
  expect(last).toMatchObject({ action: WriteAction.COMMIT, total: 4n, expected: '' });
});

describe('what goes wrong', () => {
  test('bytes that are not those of the digest', async () => {
    const writer = await open();
    await writer.write(Buffer.alloc(bytes.length, 'x'));
    expect(await failure(writer.commit())).toMatchObject({
      kind: 'failed precondition',
      message: expect.stringContaining(`expected ${digest}`),
    });
    expect(bucket().blobs.size).toBe(0);
  });

  test('a size that is not reached', async () => {
    const writer = await open();
    await writer.write(bytes.subarray(1));
    expect(await failure(writer.commit())).toMatchObject({
      kind: 'failed precondition',
      message: expect.stringContaining('failed size validation'),
    });
  });

  test('a blob that is there, and a ref that somebody writes to', async () => {
    const writer = await open();
    expect(await failure(open())).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('locked'),
    });
    await writer.write(bytes);
    await writer.commit();
    expect(await failure(open('other'))).toMatchObject({ kind: 'already exists' });
  });

  test('a connection that is lost on the way', async () => {
    const writer = await open();
    bench.fake.cut();
    const writing = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) await writer.write(bytes.subarray(0, 1_048_576));
    };
    expect(await failure(writing())).toMatchObject({ kind: 'unavailable' });
  });

  test('a daemon that ends the call without an answer', async () => {
    bench.fake.fault(
      { method: 'Content.Write' },
      { kind: 'status', code: 'RESOURCE_EXHAUSTED', message: 'disk full' },
    );
    expect(await failure(open())).toMatchObject({ kind: 'resource exhausted', message: 'disk full' });
  });
});

/** The daemon gets what was sent, and notices a cancelled call, a moment later. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !isSo(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isSo()).toBe(true);
}

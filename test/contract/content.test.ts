import { beforeEach, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../src/client/client.js';
import { parseDigest, type Digest } from '../../src/oci/digest.js';
import { all } from '../support/all.js';
import { contract, refusal } from './contract.js';
import { emptyNamespace } from './empty-namespace.js';

const digestOf = (bytes: Uint8Array): Digest =>
  parseDigest(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
/** Bytes that no daemon has seen: what is deleted may be in the store until the collector has run. */
const fresh = (size = 24): Buffer => Buffer.from(randomBytes(size).toString('hex').slice(0, size));

async function bring(
  client: Client,
  bytes: Uint8Array,
  labels?: ReadonlyMap<string, string>,
): Promise<Digest> {
  const writer = await client.content.writer('ref', { digest: digestOf(bytes), size: BigInt(bytes.length) });
  await writer.write(bytes);
  return writer.commit(labels);
}

/** The daemon learns a moment later that a client has left. */
async function waitUnlocked(client: Client, ref: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const writer = await client.content.writer(ref, { size: 0n }).catch(() => undefined);
    writer?.close();
    if (writer) break;
    await sleep(20);
  }
  await sleep(50);
}

contract('content', (given) => {
  let client: Client;
  let other: Client;
  let hello = fresh();
  let digest = digestOf(hello);
  let blob = { digest, size: BigInt(hello.length) };
  const missing = () => ({ kind: 'not found', message: `content digest ${digest}: not found` });

  beforeEach(async () => {
    hello = fresh();
    digest = digestOf(hello);
    blob = { digest, size: BigInt(hello.length) };
    await emptyNamespace(given.client);
    await emptyNamespace(given.other);
    // A lease keeps the collector away.
    for (const each of [given.client, given.other]) await each.leases.create('keep', new Map());
    client = given.client.within({ lease: 'keep' });
    other = given.other.within({ lease: 'keep' });
  });

  test('is written, read and deleted', async () => {
    const { content } = client;
    expect(await bring(client, hello, new Map([['a', '1']]))).toBe(digest);
    expect(await content.info(digest)).toMatchObject({ ...blob, labels: new Map([['a', '1']]) });
    for (const size of [0n, blob.size])
      expect(Buffer.from(await content.readAll(digest, { size })).toString()).toBe(hello.toString());
    expect(Buffer.concat(await all(content.read(digest, { offset: 6n }))).toString()).toBe(
      hello.toString().slice(6),
    );
    expect(await content.statuses()).toEqual([]);
    await content.delete(digest);
    expect(await refusal(content.delete(digest))).toEqual(missing());
  });

  test('of several megabytes goes through whole', async () => {
    const bytes = fresh(5_000_000);
    await bring(client, bytes);
    expect(Buffer.compare(await client.content.readAll(digestOf(bytes)), bytes)).toBe(0);
  });

  test('that is not there is not found', async () => {
    const { content } = client;
    expect(await refusal(content.info(digest))).toEqual(missing());
    expect(await refusal(content.readAll(digest))).toEqual(missing());
    expect(await refusal(content.update(digest, new Map([['a', '1']]), ['labels.a']))).toEqual(missing());
    expect(await refusal(content.abort('nope'))).toEqual({
      kind: 'not found',
      message: 'reference nope: not found',
    });
    expect(await refusal(content.status('nope'))).toEqual({
      kind: 'not found',
      message: 'could not get status for ref "nope": reference nope: not found',
    });
  });

  test('is not read past its end', async () => {
    await bring(client, hello);
    expect(await refusal(all(client.content.read(digest, { offset: 60n })))).toEqual({
      kind: 'out of range',
      message: `read past object length ${hello.length} bytes`,
    });
  });

  test('has labels to be updated, and nothing else', async () => {
    const { content } = client;
    await bring(
      client,
      hello,
      new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    );
    const labels = new Map([
      ['a', ''],
      ['c', '3'],
    ]);
    expect((await content.update(digest, labels, ['labels.a', 'labels.c'])).labels).toEqual(
      new Map([
        ['b', '2'],
        ['c', '3'],
      ]),
    );
    expect((await content.update(digest, new Map([['d', '4']]), [])).labels).toEqual(new Map([['d', '4']]));
    expect(await refusal(content.update(digest, labels, ['size']))).toEqual({
      kind: 'invalid argument',
      message: `cannot update "size" field on content info "${digest}": invalid argument`,
    });
  });

  test('is listed by digest, and by filter', async () => {
    await bring(client, hello, new Map([['own', 'hello']]));
    const more = fresh();
    await bring(client, more);
    const digests = (await all(client.content.list())).map((info) => info.digest);
    expect(digests).toEqual([digest, digestOf(more)].sort());
    expect(await all(client.content.list(['labels.own==hello']))).toMatchObject([{ digest }]);
    expect(await all(client.content.list([`digest==${digest}`]))).toMatchObject([{ digest }]);
  });

  test('that is there is not written again', async () => {
    await bring(client, hello);
    const exists = { kind: 'already exists', message: `content ${digest}: already exists` };
    expect(await refusal(client.content.writer('again', blob))).toEqual(exists);
    const writer = await client.content.writer('unnamed', { size: 0n });
    await writer.write(hello);
    expect(await refusal(writer.commit())).toEqual(exists);
    expect(await refusal(client.content.status('unnamed'))).toMatchObject({ kind: 'not found' });
  });

  test('needs no digest before it is written', async () => {
    const writer = await client.content.writer('unnamed', { size: 0n });
    await writer.write(hello);
    expect(await writer.commit()).toBe(digest);
  });

  test('needs a reference', async () => {
    expect(await refusal(client.content.writer('', blob))).toEqual({
      kind: 'invalid argument',
      message: 'first message must have a reference',
    });
  });

  test('with another digest than announced is refused, and its ingest stays', async () => {
    const announced = digestOf(Buffer.from('other'));
    const writer = await client.content.writer('wrong', { digest: announced, size: blob.size });
    await writer.write(hello);
    expect(await refusal(writer.commit())).toEqual({
      kind: 'failed precondition',
      message: `unexpected commit digest ${digest}, expected ${announced}: failed precondition`,
    });
    expect(await client.content.status('wrong')).toMatchObject({ ref: 'wrong', offset: blob.size });
  });

  test.each([5n, 1000n])('of another size than %d, the announced one, is refused', async (size) => {
    const writer = await client.content.writer('wrong', { digest, size });
    await writer.write(hello);
    expect(await refusal(writer.commit())).toEqual({
      kind: 'failed precondition',
      message: `"wrong" failed size validation: ${hello.length} != ${size}: failed precondition`,
    });
  });

  test('goes on where an earlier writer has left', async () => {
    const { content } = client;
    const mebibyte = 1 << 20; // the size of a message
    const bytes = fresh(mebibyte + 5);
    const whole = { digest: digestOf(bytes), size: BigInt(bytes.length) };
    const first = await content.writer('resumed', whole);
    await first.write(bytes.subarray(0, mebibyte));
    while ((await content.status('resumed'))?.offset !== BigInt(mebibyte)) await sleep(10);
    first.close();
    await waitUnlocked(client, 'resumed');
    expect(await content.statuses(['ref==resumed'])).toMatchObject([
      { offset: BigInt(mebibyte), total: whole.size },
    ]);
    const second = await content.writer('resumed', whole);
    expect(second.offset).toBe(BigInt(mebibyte));
    await second.write(bytes.subarray(mebibyte));
    expect(await second.commit()).toBe(whole.digest);
  });

  test('being written is locked', async () => {
    const { content } = client;
    const first = await content.writer('locked', blob);
    expect(await refusal(content.writer('locked', blob))).toEqual({
      kind: 'unavailable',
      message: expect.stringMatching(/^ref .*\/locked locked for .*: unavailable$/),
    });
    first.close();
  });

  test('that was begun can be dropped', async () => {
    const { content } = client;
    const writer = await content.writer('dropped', blob);
    await writer.write(hello.subarray(0, 5));
    writer.close();
    await waitUnlocked(client, 'dropped');
    await content.abort('dropped');
    expect(await refusal(content.status('dropped'))).toMatchObject({ kind: 'not found' });
    const again = await content.writer('dropped', blob);
    expect(again.offset).toBe(0n);
    again.close();
  });

  test('of another namespace is hidden, but need not be sent again', async () => {
    await bring(client, hello);
    expect(await refusal(other.content.info(digest))).toEqual(missing());
    const writer = await other.content.writer('shared', blob);
    expect(writer.offset).toBe(blob.size);
    expect(await writer.commit(new Map([['a', '1']]))).toBe(digest);
    expect((await other.content.info(digest)).labels).toEqual(new Map([['a', '1']]));
    expect((await client.content.info(digest)).labels).toEqual(new Map());
  });
});

import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Descriptor } from '../../../src/oci/descriptor.js';
import { parseReference, type Reference } from '../../../src/oci/reference.js';
import { describe as descriptorOf, ociManifest, seededBytes } from '../../support/registry/content.js';
import * as faults from '../../support/registry/faults.js';
import { type Fault, startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { collect, failure, testRemote, type TestRemote } from '../../support/registry/test-remote.js';

const size = 3_000_000;
let registry: TestRegistry;
let remote: TestRemote;
let bytes: Buffer;
let blob: Descriptor;
let reference: Reference;

beforeEach(async () => {
  registry = await startRegistry();
  remote = testRemote({ limits: { headersMs: 400, idleMs: 400 } });
  bytes = seededBytes(expect.getState().currentTestName ?? '', size);
  blob = descriptorOf(bytes, 'application/octet-stream');
  registry.put('a/b', blob.digest, { bytes, mediaType: blob.mediaType });
  reference = parseReference(`${registry.host}/a/b:1`);
});

afterEach(async () => {
  await remote.close();
  await registry.close();
});

const fetchAll = (options = {}, descriptor = blob) => collect(remote.fetch(reference, descriptor, options));
const problem = async (options = {}, descriptor = blob) => {
  const error = await failure(fetchAll(options, descriptor));
  return error.message.replaceAll(registry.host, 'HOST').replaceAll(/sha256:\w{64}/g, 'DIGEST');
};
const ranges = () => registry.requests.map(({ headers }) => headers.range);

describe('whole and parts', () => {
  test('a blob', async () => {
    expect((await fetchAll()).equals(bytes)).toBe(true);
    expect(registry.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  test.each([1, 1000, size - 1])('from %d', async (offset) => {
    expect((await fetchAll({ offset: BigInt(offset) })).equals(bytes.subarray(offset))).toBe(true);
    expect(ranges()).toEqual([`bytes=${offset}-`]);
  });

  test('nothing is asked for where nothing is missing', async () => {
    expect(await fetchAll({ offset: size })).toEqual(Buffer.alloc(0));
    const empty = descriptorOf(Buffer.alloc(0), 'x/y');
    expect(await fetchAll({}, empty)).toEqual(Buffer.alloc(0));
    expect(registry.requests).toEqual([]);
  });

  test('manifests come from their own place', async () => {
    registry.put('a/b', blob.digest, { bytes, mediaType: ociManifest });
    await fetchAll({}, { ...blob, mediaType: ociManifest });
    expect(registry.requests[0]?.target).toBe(`/v2/a/b/manifests/${blob.digest}`);
  });

  test('a small content comes in one piece, a large one not', async () => {
    expect(Buffer.from(await remote.fetchBytes(reference, blob)).equals(bytes)).toBe(true);
    const large = { ...blob, size: 5_000_000n };
    expect(await failure(remote.fetchBytes(reference, large))).toMatchObject({ kind: 'out of range' });
  });
});

describe('what cannot be right asks nobody', () => {
  test.each([
    ['R23 size −1', { size: -1n }, {}],
    ['R23 size 2^63−1', { size: 2n ** 63n - 1n }, {}],
    ['R23 size 2^63', { size: 2n ** 63n }, {}],
    ['offset −1', {}, { offset: -1 }],
    ['offset 1.5', {}, { offset: 1.5 }],
    ['offset past the end', {}, { offset: size + 1 }],
    ['a manifest of 5 MB', { mediaType: ociManifest, size: 5_000_000n }, {}],
  ])('%s', async (_, change, options) => {
    expect(await failure(fetchAll(options, { ...blob, ...change }))).toHaveProperty('kind');
    expect(registry.requests).toEqual([]);
  });
});

describe('cut downloads', () => {
  test.each<readonly [string, Fault, number]>([
    ['R17 reset', faults.cutAfter(1_500_000, 'reset'), 0], // of what has arrived, the kernel drops the unread
    ['R18 early FIN', faults.cutAfter(1_500_000, 'close'), 1_000_000],
    ['R34 stall', faults.cutAfter(1_500_000, 'stall'), 1_000_000],
    ['R19 short chunked body', faults.endAfter(1_500_000), 1_000_000],
  ])('%s: goes on where it broke', async (_, fault, least) => {
    registry.on({ times: 1 }, fault);
    expect((await fetchAll()).equals(bytes)).toBe(true);
    expect(registry.requests).toHaveLength(2);
    const offset = Number(/\d+/.exec(ranges()[1] ?? '')?.[0]);
    expect(remote.events).toMatchObject([{ type: 'resume', offset }]);
    expect(offset).toBeGreaterThan(least);
  });

  test('goes on without end while it gets on', async () => {
    const long = seededBytes('long', 12 << 20);
    const descriptor = descriptorOf(long, 'x/y');
    registry.put('a/b', descriptor.digest, { bytes: long, mediaType: 'x/y' });
    registry.on({}, faults.cutAfter((1 << 20) + 70_000, 'close'));
    expect((await fetchAll({}, descriptor)).equals(long)).toBe(true);
    expect(registry.requests.length).toBeGreaterThan(8);
  });

  test('gives up where it does not', async () => {
    registry.on({}, faults.cutAfter(1000, 'close'));
    expect(await problem()).toMatch(/^short read: expected 3000000 bytes but got \d+: /);
    expect(registry.requests).toHaveLength(4);
    expect(remote.clock.sleeps).toEqual([100, 400, 1600]);
  });

  test('R19 a body that is always short says how short', async () => {
    const short = { bytes: bytes.subarray(0, 10), mediaType: 'x/y' };
    registry.put('a/b', blob.digest, short);
    expect(await problem()).toBe(
      'short read: expected 3000000 bytes but got 10: registry sent 10 of 3000000 bytes',
    );
  });

  test.each<readonly [string, Fault]>([
    ['R20 a server that ignores Range', faults.ignoreRange],
    ['R20 a wrong Content-Range', faults.wrongRange],
    ['416', ({ request, response }) => (request.headers.range ? void response.writeHead(416).end() : 'pass')],
  ])('%s: the known part is skipped', async (_, fault) => {
    registry.on({ times: 1 }, faults.cutAfter(1_500_000, 'reset'));
    registry.on({}, fault);
    expect((await fetchAll()).equals(bytes)).toBe(true);
  });

  test('a drip is no stall', async () => {
    const short = bytes.subarray(0, 5);
    const descriptor = descriptorOf(short, 'x/y');
    registry.put('a/b', descriptor.digest, { bytes: short, mediaType: 'x/y' });
    registry.on({}, faults.drip(1, 100));
    expect(await fetchAll({}, descriptor)).toEqual(short);
  });

  test('R34 what never begins ends', async () => {
    registry.on({}, faults.hang);
    expect(await problem()).toBe(
      'httpReadSeeker: failed open: failed to do request: Get "http://HOST/v2/a/b/blobs/DIGEST": net/http: timeout awaiting response headers',
    );
  });
});

describe('wrong content', () => {
  test('R21 a wrong byte is told from other errors', async () => {
    registry.on({}, faults.corruptAt(1234));
    expect(await failure(fetchAll())).toMatchObject({
      name: 'CorruptContentError',
      kind: 'failed precondition',
      message: expect.stringMatching(/^unexpected commit digest sha256:\w{64}, expected sha256:\w{64}$/),
    });
    expect((await fetchAll({ verify: false })).length).toBe(size);
  });

  test('a wrong byte before a cut is found too', async () => {
    registry.on({ times: 1 }, async (context) => {
      const content = { bytes: Buffer.from(bytes), mediaType: 'x/y' };
      content.bytes[5] = (content.bytes[5] ?? 0) ^ 1;
      await faults.cutAfter(1_500_000, 'close')({ ...context, content });
    });
    expect(await failure(fetchAll())).toMatchObject({ name: 'CorruptContentError' });
  });

  test.each<readonly [string, Fault]>([
    ['five bytes too many', faults.tooLong(5)],
    ['no end', faults.tooLong('endless')],
  ])('R22 %s: stops at once', async (_, fault) => {
    registry.on({}, fault);
    let got = 0;
    const read = (async () => {
      for await (const chunk of remote.fetch(reference, blob)) got += chunk.length;
    })();
    expect((await failure(read)).message).toMatch(
      /^registry sends more than the 3000000 bytes that sha256:\w{64} has$/,
    );
    expect(got).toBeLessThanOrEqual(size);
  });

  test('R24 gzip on the way is undone, and counted undone', async () => {
    registry.on({}, faults.encoded('gzip'));
    expect((await fetchAll()).equals(bytes)).toBe(true);
    expect(await problem({}, { ...blob, size: 1000n })).toBe(
      'registry sends more than the 1000 bytes that DIGEST has',
    );
    expect((await fetchAll({ offset: 1000 })).equals(bytes.subarray(1000))).toBe(true);
  });

  test.each<readonly [string, Fault, string]>([
    ['R25 br', faults.encoded('br'), 'unsupported Content-Encoding algorithm: br'],
    [
      'R27 a web page',
      faults.webPage,
      'the answer of http://HOST/v2/a/b/blobs/DIGEST is a web page, no content',
    ],
    [
      'R09 404',
      faults.status(404),
      'could not fetch content descriptor DIGEST (application/octet-stream) from remote: not found',
    ],
    [
      'R08 403',
      faults.apiError(403, 'DENIED', 'no'),
      'unexpected status code http://HOST/v2/a/b/blobs/DIGEST: 403 Forbidden - Server message: denied: no',
    ],
    [
      'R15 500 always',
      faults.status(500),
      'unexpected status code http://HOST/v2/a/b/blobs/DIGEST: 500 Internal Server Error',
    ],
  ])('%s', async (_, fault, message) => {
    registry.on({}, fault);
    expect(await problem()).toBe(`httpReadSeeker: failed open: ${message}`);
  });

  test('R15 500 once is no trouble', async () => {
    registry.on({ times: 1 }, faults.status(500));
    expect((await fetchAll()).equals(bytes)).toBe(true);
  });
});

describe('being left', () => {
  test('a loop that is left ends the download', async () => {
    const closed = new Promise<void>((resolve) => {
      registry.on({}, ({ response }) => {
        response.once('close', resolve);
        return 'pass';
      });
    });
    for await (const chunk of remote.fetch(reference, blob)) if (chunk.length > 0) break;
    await closed;
  });

  test('an abort ends it with the signal’s reason', async () => {
    registry.on({}, faults.cutAfter(1000, 'stall'));
    const controller = new AbortController();
    const gone = new Error('gone');
    setTimeout(() => controller.abort(gone), 50);
    expect(await failure(fetchAll({ signal: controller.signal }))).toBe(gone);
  });

  test('a slow reader slows the registry down', async () => {
    const large = seededBytes('large', 48 << 20);
    const descriptor = descriptorOf(large, 'x/y');
    let sent = 0;
    registry.on({}, async ({ response }) => {
      response.setMaxListeners(0).writeHead(200, { 'content-length': large.length });
      for (let at = 0; at < large.length && !response.destroyed; at += 1 << 16) {
        sent = at;
        if (response.write(large.subarray(at, at + (1 << 16)))) continue;
        await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
    });
    const reader = remote.fetch(reference, descriptor)[Symbol.asyncIterator]();
    await reader.next();
    await new Promise((go) => setTimeout(go, 150));
    expect(sent).toBeLessThan(24 << 20);
    await reader.return?.();
  });
});

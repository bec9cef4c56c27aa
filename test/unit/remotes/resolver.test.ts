import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseReference } from '../../../src/oci/reference.js';
import {
  buildImage,
  type BuiltImage,
  describe as descriptorOf,
  json,
  ociIndex,
  ociManifest,
  seededBytes,
} from '../../support/registry/content.js';
import * as faults from '../../support/registry/faults.js';
import { type Fault, startRegistry, type TestRegistry } from '../../support/registry/registry.js';
import { failure, testRemote, type TestRemote } from '../../support/registry/test-remote.js';

let registry: TestRegistry;
let remote: TestRemote;
let image: BuiltImage;

beforeEach(async () => {
  registry = await startRegistry();
  remote = testRemote({ limits: { headersMs: 300 } });
  image = buildImage({ seed: expect.getState().currentTestName ?? '' });
  registry.push('a/b', image, '1');
});

afterEach(async () => {
  await remote.close();
  await registry.close();
});

const resolve = (object = ':1') => remote.resolve(parseReference(`${registry.host}/a/b${object}`));
const problem = async (object?: string) => {
  const error = await failure(resolve(object));
  return error.message
    .replaceAll(registry.host, 'HOST')
    .replace(/^failed to resolve reference "[^"]*": /, '');
};
const methods = () => registry.requests.map(({ method }) => method).join(' ');

describe('what is told by HEAD', () => {
  test('is enough, and is asked for as ctr does', async () => {
    expect((await resolve()).descriptor).toEqual(image.manifest);
    expect(methods()).toBe('HEAD');
    expect(registry.requests[0]?.headers).toMatchObject({
      accept:
        'application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, ' +
        'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, */*',
      'user-agent': expect.stringMatching(/^tctr\/\S+$/),
    });
  });

  // R26: what HEAD does not tell is asked for by GET.
  test.each<readonly [string, Fault]>([
    ['no digest', faults.withHeaders({ 'docker-content-digest': undefined })],
    ['no length', faults.withHeaders({ 'content-length': undefined })],
    ['no type', faults.withHeaders({ 'content-type': undefined })],
    ['405', faults.status(405)],
    ['501', faults.status(501)],
  ])('%s: GET tells', async (_, fault) => {
    registry.on({ method: 'HEAD' }, fault);
    expect((await resolve()).descriptor).toEqual(image.manifest);
    expect(methods()).toBe('HEAD GET');
  });

  test('a type that says nothing is read off the manifest', async () => {
    const plain = { 'content-type': undefined, 'docker-content-digest': undefined };
    registry.on({}, faults.withHeaders(plain));
    expect((await resolve()).descriptor.mediaType).toBe(ociManifest);
  });

  test.each<readonly [string, Fault, string]>([
    [
      'an invalid digest',
      faults.withHeaders({ 'docker-content-digest': 'sha256:../../etc/passwd' }),
      '"sha256:../../etc/passwd" in header not a valid digest: invalid checksum digest format',
    ],
    [
      '5 GB',
      faults.withHeaders({ 'content-length': '5000000000' }),
      'rejecting 5000000000 byte manifest for HOST/a/b:1: not found',
    ],
    ['a web page', faults.webPage, 'the answer of http://HOST/v2/a/b/manifests/1 is a web page, no content'],
    [
      'schema 1',
      faults.withHeaders({ 'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws' }),
      'not implemented: media type "application/vnd.docker.distribution.manifest.v1+prettyjws" is no longer supported since ' +
        'containerd v2.0, please rebuild the image as "application/vnd.docker.distribution.manifest.v2+json" or ' +
        '"application/vnd.oci.image.manifest.v1+json"',
    ],
  ])('%s is an error', async (_, fault, message) => {
    registry.on({ method: 'HEAD' }, fault);
    expect(await problem()).toBe(message);
  });
});

describe('what is told by GET', () => {
  const serve = (bytes: Buffer, mediaType = ociManifest) => {
    registry.on({ method: 'HEAD' }, faults.status(405));
    registry.put('a/b', '1', { bytes, mediaType });
  };

  test.each<readonly [string, Buffer, string, string]>([
    [
      'both manifest and index',
      json({ schemaVersion: 2, config: {}, layers: [], manifests: [] }),
      ociManifest,
      'expected manifest but found index',
    ],
    [
      'an index that is a manifest',
      json({ schemaVersion: 2, config: {}, layers: [] }),
      ociIndex,
      'expected index but found manifest',
    ],
    [
      'another type in the body',
      json({ schemaVersion: 2, mediaType: ociIndex, manifests: [] }),
      ociManifest,
      `manifest says it is "${ociIndex}" but came as "${ociManifest}"`,
    ],
    ['schemaVersion 1', json({ schemaVersion: 1 }), ociManifest, 'manifest has a schemaVersion other than 2'],
    [
      'fsLayers',
      json({ schemaVersion: 2, fsLayers: [] }),
      ociManifest,
      'manifest has the fields of docker schema 1',
    ],
    ['null', Buffer.from('null'), ociManifest, 'manifest is no JSON object'],
    ['half a manifest', Buffer.from('{"schemaVersion":2,"conf'), ociManifest, 'manifest is no JSON object'],
    [
      'invalid UTF-8',
      Buffer.from('{"schemaVersion":2,"x":"\xff"}', 'latin1'),
      ociManifest,
      'manifest is no JSON object',
    ],
    [
      '5 MB',
      seededBytes('x', 5_000_000),
      ociManifest,
      'rejecting 5000000 byte manifest for HOST/a/b:1: not found',
    ],
    [
      'a web page',
      Buffer.from('<html>'),
      'text/html; charset=utf-8',
      'the answer of http://HOST/v2/a/b/manifests/1 is a web page, no content',
    ],
  ])('%s is an error', async (_, bytes, mediaType, message) => {
    serve(bytes, mediaType);
    expect(await problem()).toBe(message);
  });

  test('an endless manifest is left at its limit', async () => {
    registry.on({ method: 'HEAD' }, faults.status(405));
    registry.on({ method: 'GET' }, faults.tooLong('endless'));
    expect(await problem()).toBe('rejecting over 4393216 byte manifest for HOST/a/b:1: not found');
  });
});

describe('digests', () => {
  test('a manifest is found by its digest, and beside a tag', async () => {
    const { digest } = image.manifest;
    expect((await resolve(`@${digest}`)).descriptor).toEqual(image.manifest);
    expect((await resolve(`:other@${digest}`)).descriptor).toEqual(image.manifest);
    expect(registry.requests.every(({ target }) => target.endsWith(`/manifests/${digest}`))).toBe(true);
  });

  test('a blob is found after the manifests said 404', async () => {
    registry.on({ path: '/manifests/' }, faults.status(404));
    const { digest, size } = image.config;
    expect((await resolve(`@${digest}`)).descriptor).toMatchObject({ digest, size });
    expect(registry.requests.map(({ target }) => target.split('/')[4])).toEqual(['manifests', 'blobs']);
  });

  test('a blob that is known as one is looked for there only, however large', async () => {
    const bytes = seededBytes('large blob', 5_000_000);
    const blob = descriptorOf(bytes, 'application/octet-stream');
    registry.put('a/b', blob.digest, { bytes, mediaType: blob.mediaType });
    const reference = parseReference(`${registry.host}/a/b@${blob.digest}`);
    expect((await remote.resolve(reference, { blobsOnly: true })).descriptor).toEqual(blob);
    expect(registry.requests.map(({ target }) => target)).toEqual([`/v2/a/b/blobs/${blob.digest}`]);
  });

  test('blobs are not asked after another error', async () => {
    registry.on({ path: '/manifests/' }, faults.status(403));
    await failure(resolve(`@${image.manifest.digest}`));
    expect(registry.requests.some(({ target }) => target.includes('/blobs/'))).toBe(false);
  });

  test('another digest than was asked for is an error', async () => {
    const other = descriptorOf(Buffer.from('other'), '').digest;
    registry.on({ method: 'HEAD' }, faults.withHeaders({ 'docker-content-digest': other }));
    expect(await problem(`@${image.manifest.digest}`)).toBe(
      `registry has content ${other} under ${image.manifest.digest}`,
    );
  });

  test('the bytes are checked where the header is missing', async () => {
    registry.on({ method: 'HEAD' }, faults.status(405));
    registry.on({ method: 'GET' }, faults.corruptAt(3));
    expect(await problem(`@${image.manifest.digest}`)).toMatch(
      /^registry has content sha256:\w{64} under sha256:\w{64}$/,
    );
  });

  test.each([
    ['', 'object required'],
    ['@sha256:abc', 'invalid checksum digest length'],
    ['@sha256:../../x', 'invalid checksum digest format'],
    ['@md5:00', 'unsupported digest algorithm'],
  ])('%j asks nobody', async (object, message) => {
    expect(await problem(object)).toBe(message);
    expect(registry.requests).toEqual([]);
  });

  test('a repository that would climb asks nobody', async () => {
    const reference = { locator: `${registry.host}/a/../../x`, object: '1' };
    expect(await failure(remote.resolve(reference))).toMatchObject({ kind: 'invalid argument' });
    expect(registry.requests).toEqual([]);
  });
});

describe('passing troubles', () => {
  test.each<readonly [string, Fault, number, readonly number[]]>([
    ['R13 503 once', faults.status(503), 1, [375]],
    ['R14 502 once', faults.status(502), 1, [375]],
    ['R16 reset once', faults.resetAtOnce, 1, [375]],
    ['R16 EOF once', faults.closeAtOnce, 1, [375]],
    ['R11 429 three times', faults.status(429), 3, [375, 750, 1500]],
    ['R10 429 with seconds', faults.status(429, { 'retry-after': '3' }), 2, [3000, 3000]],
    [
      'R10 503 with a date',
      faults.status(503, { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }),
      1,
      [7000],
    ],
    ['R10 429 with an hour', faults.status(429, { 'retry-after': '3600' }), 1, [60_000]],
  ])('%s', async (_, fault, times, sleeps) => {
    registry.on({ times }, fault);
    await resolve();
    expect(remote.clock.sleeps).toEqual(sleeps);
    expect(remote.events.filter(({ type }) => type === 'retry')).toHaveLength(times);
  });

  test.each<readonly [string, Fault, string, string, number]>([
    [
      'R12 500 always',
      faults.status(500),
      'unavailable',
      'unexpected status from HEAD request to http://HOST/v2/a/b/manifests/1: 500 Internal Server Error',
      5,
    ],
    [
      'R10 429 always',
      faults.status(429),
      'resource exhausted',
      'unexpected status from HEAD request to http://HOST/v2/a/b/manifests/1: 429 Too Many Requests',
      5,
    ],
    [
      'R16 reset always',
      faults.resetAtOnce,
      'unavailable',
      'failed to do request: Head "http://HOST/v2/a/b/manifests/1": read: connection reset by peer',
      5,
    ],
    [
      'R34 no answer',
      faults.hang,
      'deadline exceeded',
      'failed to do request: Head "http://HOST/v2/a/b/manifests/1": net/http: timeout awaiting response headers',
      1,
    ],
    [
      'R01 401 without a challenge',
      faults.status(401),
      'unauthenticated',
      'unexpected status from HEAD request to http://HOST/v2/a/b/manifests/1: 401 Unauthorized',
      1,
    ],
    ['R09 404', faults.status(404), 'not found', 'HOST/a/b:1: not found', 1],
    [
      'R32 a redirect to itself',
      faults.redirect((target) => target),
      'unavailable',
      'failed to do request: Head "http://HOST/v2/a/b/manifests/1": stopped after 10 redirects',
      10,
    ],
    [
      'R32 a redirect to a file',
      faults.redirect('file:///etc/passwd'),
      'unavailable',
      'failed to do request: Head "http://HOST/v2/a/b/manifests/1": unsupported protocol scheme "file"',
      1,
    ],
    [
      'a redirect to the cloud’s metadata',
      faults.redirect('http://169.254.169.254/'),
      'unavailable',
      'failed to do request: Head "http://HOST/v2/a/b/manifests/1": redirect to a link-local address refused',
      1,
    ],
  ])('%s', async (_, fault, kind, message, count) => {
    registry.on({}, fault);
    const error = await failure(resolve());
    expect(error.message.replaceAll(registry.host, 'HOST')).toBe(
      `failed to resolve reference "HOST/a/b:1": ${message}`,
    );
    expect(error).toMatchObject({ kind });
    expect(registry.requests).toHaveLength(count);
  });

  test('R08 a 403 is asked for its reason once', async () => {
    registry.on({}, faults.apiError(403, 'DENIED', 'not for you'));
    expect(await problem()).toBe(
      'unexpected status from HEAD request to http://HOST/v2/a/b/manifests/1: 403 Forbidden - Server message: denied: not for you',
    );
    expect(methods()).toBe('HEAD GET');
  });

  test('nobody listens', async () => {
    const { host } = registry;
    await registry.close();
    expect(await problem()).toBe(
      `failed to do request: Head "http://HOST/v2/a/b/manifests/1": dial tcp HOST: connect: connection refused`,
    );
    expect(remote.clock.sleeps).toEqual([]);
    expect(remote.events).toMatchObject([{ type: 'host-failed', host, last: true, method: 'HEAD' }]);
    registry = await startRegistry();
  });

  test('an aborted resolve ends with the signal’s reason', async () => {
    registry.on({}, faults.hang);
    const controller = new AbortController();
    const resolving = remote.resolve(parseReference(`${registry.host}/a/b:1`), { signal: controller.signal });
    const gone = new Error('gone');
    setTimeout(() => controller.abort(gone), 30);
    expect(await failure(resolving)).toBe(gone);
  });
});

test('the registry’s warnings are passed on', async () => {
  registry.on({}, faults.withHeaders({ warning: '299 - "this tag is \\"old\\""' }));
  await resolve();
  expect(remote.events).toEqual([{ type: 'warning', host: registry.host, text: 'this tag is "old"' }]);
});

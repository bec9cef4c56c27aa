import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseReference, type Reference } from '../../../../src/oci/reference.js';
import { noCredentials, staticCredentials } from '../../../../src/remotes/credentials.js';
import type { RemoteOptions } from '../../../../src/remotes/remote.js';
import { requireBasic, requireBearer, tokenServer } from '../../../support/registry/auth.js';
import { type BuiltImage, buildImage } from '../../../support/registry/content.js';
import * as faults from '../../../support/registry/faults.js';
import { startRegistry, type TestRegistry } from '../../../support/registry/registry.js';
import { collect, failure, testRemote, type TestRemote } from '../../../support/registry/test-remote.js';

let registry: TestRegistry;
let image: BuiltImage;
let reference: Reference;
const open: TestRemote[] = [];

beforeEach(async () => {
  registry = await startRegistry();
  image = buildImage({ seed: expect.getState().currentTestName ?? '', layerSizes: [10, 20, 30] });
  registry.push('a/b', image, '1');
  reference = parseReference(`${registry.host}/a/b:1`);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((remote) => remote.close()));
  await registry.close();
});

function remoteWith(user = '', options: RemoteOptions = {}): TestRemote {
  const credentials = user === '' ? noCredentials : staticCredentials({ host: registry.host, user });
  const remote = testRemote({ credentials, ...options });
  open.push(remote);
  return remote;
}

const text = (error: Error) =>
  error.message.replaceAll(registry.host, 'HOST').replace(/^failed to resolve reference "[^"]*": /, '');
const paths = () => registry.requests.map(({ method, target }) => `${method} ${target.split('?')[0]}`);
const sent = (secret: string) =>
  registry.requests.filter(({ headers, body }) => JSON.stringify([headers, body]).includes(secret)).length;

describe('Basic', () => {
  const login = Buffer.from('me:canary').toString('base64');
  beforeEach(() => registry.on({}, requireBasic('me', 'canary')));

  test('the password goes along once it was asked for', async () => {
    const remote = remoteWith('me:canary');
    await remote.resolve(reference);
    await collect(remote.fetch(reference, image.config));
    expect(registry.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('R02 without a login the ways to log in are named', async () => {
    const error = await failure(remoteWith().resolve(reference));
    expect(text(error)).toBe(
      'pull access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials',
    );
    expect(error).toMatchObject({ kind: 'unauthenticated', hint: expect.stringContaining('--user') });
    expect(registry.requests).toHaveLength(1);
  });

  test('R03 a wrong password is sent once, however often it is asked for', async () => {
    const wrong = Buffer.from('me:wrong').toString('base64');
    const remote = remoteWith('me:wrong');
    const errors = [await failure(remote.resolve(reference)), await failure(remote.resolve(reference))];
    expect(errors.map(text)).toEqual([
      'unexpected status from HEAD request to http://HOST/v2/a/b/manifests/1: 401 Unauthorized',
      'pull access denied, repository does not exist or may require authorization: authorization failed',
    ]);
    expect(errors).toMatchObject(Array(2).fill({ hint: 'the registry refused the name or the password' }));
    expect(sent(wrong)).toBe(1);
    expect(sent(login)).toBe(0);
  });

  test('the login of another registry is not this one’s', async () => {
    const credentials = staticCredentials({ host: 'other.test', user: 'me:canary' });
    await failure(remoteWith('', { credentials }).resolve(reference));
    expect(sent(login)).toBe(0);
  });
});

describe('Bearer', () => {
  let issued: number;
  let isGood: (token: string) => boolean;
  beforeEach(() => {
    issued = 0;
    isGood = (token) => token === `token-${issued}`;
  });
  const protect = (options: Partial<Parameters<typeof tokenServer>[0]> = {}, error?: string) => {
    registry.on({ path: '/token' }, tokenServer({ issue: () => `token-${++issued}`, ...options }));
    const realm = `${registry.url}/token`;
    registry.on(
      { path: '/v2/' },
      requireBearer({ realm, accepts: (token) => isGood(token), ...(error === undefined ? {} : { error }) }),
    );
  };

  test('an anonymous token is asked for by GET, once for equal wishes', async () => {
    protect();
    const remote = remoteWith();
    const { descriptor } = await remote.resolve(reference);
    const wanted = [descriptor, image.config, ...image.layers];
    await Promise.all(wanted.map((one) => collect(remote.fetch(reference, one))));
    expect(paths().filter((path) => path.endsWith('/token'))).toEqual(['GET /token']);
    expect(registry.requests[1]?.target).toBe('/token?service=test&scope=repository%3Aa%2Fb%3Apull');
  });

  test('requests that come together make one token request', async () => {
    protect();
    const remote = remoteWith();
    await Promise.all(image.layers.map((one) => collect(remote.fetch(reference, one))));
    expect(issued).toBe(1);
  });

  test('another repository has a token of its own', async () => {
    isGood = () => true;
    protect();
    registry.push('c/d', image, '1');
    const remote = remoteWith();
    await remote.resolve(reference);
    await remote.resolve(parseReference(`${registry.host}/c/d:1`));
    expect(issued).toBe(2);
    expect(registry.requests.some(({ target }) => target.includes('c%2Fd') && target.includes('a%2Fb'))).toBe(
      false,
    );
  });

  test('a login is posted, with the words that ctr says', async () => {
    protect({ login: { user: 'me', password: 'canary' } });
    await remoteWith('me:canary').resolve(reference);
    expect(paths()).toEqual(['HEAD /v2/a/b/manifests/1', 'POST /token', 'HEAD /v2/a/b/manifests/1']);
    expect(Object.fromEntries(new URLSearchParams(registry.requests[1]?.body))).toEqual({
      client_id: 'containerd-client',
      grant_type: 'password',
      password: 'canary',
      scope: 'repository:a/b:pull',
      service: 'test',
      username: 'me',
    });
  });

  test('where POST is not known, GET with Basic is', async () => {
    protect({ login: { user: 'me', password: 'canary' }, takesPost: false });
    await remoteWith('me:canary').resolve(reference);
    expect(paths().slice(1, 3)).toEqual(['POST /token', 'GET /token']);
  });

  test('a refresh token is posted and never sent otherwise', async () => {
    protect({ takesPost: false });
    const credentials = staticCredentials({ host: registry.host, refreshToken: 'canary' });
    const error = await failure(remoteWith('', { credentials }).resolve(reference));
    expect(text(error)).toBe(
      `failed to fetch oauth token: unexpected status from token request to http://HOST/token: 405 Method Not Allowed`,
    );
    expect(registry.requests[1]?.body).toContain('grant_type=refresh_token');
    expect(sent('canary')).toBe(1);
  });

  test('a wrong password is not tried again', async () => {
    protect({ login: { user: 'me', password: 'right' } });
    const remote = remoteWith('me:wrong');
    const errors = [await failure(remote.resolve(reference)), await failure(remote.resolve(reference))];
    expect(errors.map(text)[1]).toMatch(
      /: failed to fetch oauth token: unexpected status .*: 401 Unauthorized$/,
    );
    expect(paths().filter((path) => path.endsWith('/token'))).toEqual(['POST /token', 'GET /token']);
  });

  test('a token of docker’s config goes as it is', async () => {
    isGood = (token) => token === 'fixed';
    protect();
    const credentials = {
      isExplicit: false,
      find: () => Promise.resolve({ kind: 'bearer', token: 'fixed' } as const),
    };
    await remoteWith('', { credentials }).resolve(reference);
    expect(issued).toBe(0);
  });

  test.each([undefined, 'invalid_token'])(
    'R04 a token that is always refused (error=%s) is refreshed once',
    async (error) => {
      isGood = () => false;
      protect({}, error);
      const got = await failure(remoteWith().resolve(reference));
      const reason =
        error === undefined ? 'authorization failed' : `server message: ${error}: authorization failed`;
      expect(text(got)).toBe(
        `pull access denied, repository does not exist or may require authorization: ${reason}`,
      );
      expect(issued).toBe(2);
      expect(registry.requests).toHaveLength(5);
    },
  );

  test('R05 a token that ends in the middle is refreshed, once for all who wait', async () => {
    protect();
    const remote = remoteWith();
    await remote.resolve(reference);
    isGood = (token) => token === 'token-2';
    await Promise.all(image.layers.map((one) => collect(remote.fetch(reference, one))));
    expect(issued).toBe(2);
  });

  test.each([
    [undefined, 50_000, 1],
    [undefined, 60_000, 2],
    [300, 200_000, 1],
    [300, 300_000, 2],
    // A life below the specification's least is taken for that.
    [1, 50_000, 1],
  ])('expires_in %s: after %d ms there were %d', async (expiresIn, ms, count) => {
    isGood = () => true;
    protect(expiresIn === undefined ? {} : { expiresIn });
    const remote = remoteWith();
    await remote.resolve(reference);
    remote.clock.advance(ms);
    await remote.resolve(reference);
    expect(issued).toBe(count);
  });

  test('a scope that the registry asks for besides is asked for', async () => {
    registry.on({ path: '/token' }, tokenServer({ issue: () => 'x' }));
    registry.on(
      { path: '/v2/', times: 1 },
      faults.status(401, {
        'www-authenticate': `Bearer realm="${registry.url}/token",scope="repository:base:pull repository:a/b:pull"`,
      }),
    );
    await remoteWith().resolve(reference);
    const scopes = new URL(registry.requests[1]?.target ?? '', registry.url).searchParams.getAll('scope');
    expect(scopes).toEqual(['repository:a/b:pull', 'repository:base:pull']);
  });
});

describe('R06, R07 token servers that cannot be used', () => {
  const challenge = (realm: string) => faults.status(401, { 'www-authenticate': `Bearer realm="${realm}"` });

  test.each([
    ['file:///etc/passwd', 'token server (realm) not allowed: unsupported protocol scheme "file"'],
    ['http://me:pw@127.0.0.1/', 'token server (realm) not allowed: it holds a login'],
    [
      '',
      'pull access denied, repository does not exist or may require authorization: no realm specified for token auth challenge',
    ],
  ])('realm %j', async (realm, message) => {
    registry.on({ path: '/v2/' }, challenge(realm));
    expect(text(await failure(remoteWith('me:canary').resolve(reference)))).toBe(message);
    expect(sent('canary')).toBe(0);
  });

  test.each([
    ['garbage', faults.status(200, {}, 'garbage'), 'unable to decode token response', 1],
    [
      'nothing',
      faults.status(200, {}, '{}'),
      'authorization server did not include a token in the response',
      1,
    ],
    [
      'a list',
      faults.status(200, {}, '[]'),
      'authorization server did not include a token in the response',
      1,
    ],
    [
      'a header’s end',
      faults.status(200, {}, '{"token":"a\\r\\nx: y"}'),
      'token holds characters that no header can',
      1,
    ],
    ['2 MB', faults.status(200, {}, ' '.repeat(2 << 20)), 'answer is too long', 1],
    [
      '500',
      faults.status(500),
      'unexpected status from token request to http://HOST/token?scope=repository%3Aa%2Fb%3Apull: 500 Internal Server Error',
      5,
    ],
    [
      '403',
      faults.status(403),
      'unexpected status from token request to http://HOST/token?scope=repository%3Aa%2Fb%3Apull: 403 Forbidden',
      1,
    ],
  ])('it answers %s', async (_, fault, message, count) => {
    registry.on({ path: '/token' }, fault);
    registry.on({ path: '/v2/' }, challenge(`${registry.url}/token`));
    const error = await failure(remoteWith().resolve(reference));
    expect(text(error)).toBe(`failed to fetch anonymous token: ${message}`);
    expect(error).toMatchObject({ hint: `the token server is ${registry.host}` });
    expect(paths().filter((path) => path === 'GET /token')).toHaveLength(count);
  });

  test('it answers 500 once', async () => {
    registry.on({ path: '/token', times: 1 }, faults.status(500));
    registry.on({ path: '/token' }, tokenServer({ issue: () => 'x' }));
    registry.on({ path: '/v2/' }, requireBearer({ realm: `${registry.url}/token`, accepts: () => true }));
    await remoteWith().resolve(reference);
  });
});

test('an unknown scheme is an error of its own', async () => {
  registry.on({}, faults.status(401, { 'www-authenticate': 'Negotiate' }));
  const error = await failure(remoteWith('me:canary').resolve(reference));
  expect(text(error)).toBe(
    'unexpected status from HEAD request to http://HOST/v2/a/b/manifests/1: 401 Unauthorized',
  );
  expect(error).toMatchObject({ hint: 'the registry asks for a login in a way that is not known' });
});

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askHelper } from '../../../src/remotes/auth/credential-helper.js';
import { firstOf, staticCredentials } from '../../../src/remotes/credentials.js';
import {
  findStoredLogin,
  hostOfKey,
  parseDockerConfig,
} from '../../../src/remotes/auth/docker-config-file.js';
import { dockerConfigCredentials } from '../../../src/remotes/docker-config.js';
import { failure } from '../../support/registry/test-remote.js';

const { signal } = new AbortController();
const auth = (login: string) => ({ auth: Buffer.from(login).toString('base64') });
const password = (username: string, secret: string) => ({ kind: 'password', username, password: secret });

let bin: string;
beforeAll(async () => {
  bin = await mkdtemp(join(tmpdir(), 'tctr-helpers-'));
  const helpers = {
    good: 'read s; printf \'{"ServerURL":"%s","Username":"me at %s","Secret":"pw"}\' "$s" "$s"',
    token: 'echo \'{"Username":"<token>","Secret":"id"}\'',
    none: 'echo "credentials not found in native keychain"; exit 1',
    broken: 'echo "canary-secret"; exit 1',
    garbage: 'echo "canary-secret"',
    huge: 'head -c 3000000 /dev/zero',
    slow: 'exec sleep 30',
  };
  for (const [name, script] of Object.entries(helpers)) {
    const file = join(bin, `docker-credential-${name}`);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
});
afterAll(() => rm(bin, { recursive: true }));

describe('parseDockerConfig', () => {
  const login = (entry: unknown) =>
    parseDockerConfig(JSON.stringify({ auths: { h: entry } }), 'f').auths.get('h');

  test.each<readonly [string, unknown, unknown]>([
    ['a login', auth('u:p'), password('u', 'p')],
    ['colons in the password', auth('u:p:q:'), password('u', 'p:q:')],
    ['padding', auth('u:p\0\0'), password('u', 'p')],
    ['plain fields', { username: 'u', password: 'p' }, password('u', 'p')],
    ['auth before plain fields', { ...auth('a:b'), username: 'u', password: 'p' }, password('a', 'b')],
    [
      'an identity token',
      { ...auth('u:'), identitytoken: 't' },
      { kind: 'refresh-token', username: 'u', token: 't' },
    ],
    ['a registry token', { registrytoken: 't' }, { kind: 'bearer', token: 't' }],
    ['nothing', {}, undefined],
    ['no password', auth('u:'), undefined],
    ['no user', auth(':p'), undefined],
    ['null', null, undefined],
    ['a text', 'x', undefined],
  ])('%s', (_, entry, expected) => {
    expect(login(entry)).toEqual(expected);
  });

  test.each([
    ['{"auths":{"h":{"auth":"Y2FuYXJ5"}}}', 'f: auths: "h": invalid "auth"'],
    ['{"auths": canary', 'f: invalid JSON'],
    ['[]', 'f: not a JSON object'],
    ['null', 'f: not a JSON object'],
  ])('%s', (text, message) => {
    expect(() => parseDockerConfig(text, 'f')).toThrow(new RegExp(`^${message}$`));
  });

  test('keys that are names of Object are keys like others', () => {
    const config = parseDockerConfig('{"auths":{"__proto__":{"auth":"dTpw"},"constructor":{}}}', 'f');
    expect([...config.auths.keys()]).toEqual(['__proto__']);
    expect(findStoredLogin(new Map(), 'constructor')).toBeUndefined();
  });
});

test.each([
  ['foo', 'foo'],
  ['foo.com', 'foo.com'],
  ['foo.com:8080', 'foo.com:8080'],
  ['http://foo.com', 'foo.com'],
  ['https://foo.com:8080/v1/', 'foo.com:8080'],
  ['https://index.docker.io/v1/', 'index.docker.io'],
  ['https://user@foo.com/?q', 'foo.com'],
  ['foo.com/path', 'foo.com'],
  ['https://[::1]:5000/v2', '[::1]:5000'],
  ['ftp://foo.com', 'ftp:'],
])('hostOfKey %s', (key, host) => {
  expect(hostOfKey(key)).toBe(host);
});

describe('dockerConfigCredentials', () => {
  const find = (config: unknown, host: string) =>
    dockerConfigCredentials({
      env: { DOCKER_AUTH_CONFIG: JSON.stringify(config), PATH: `${bin}:/usr/bin:/bin` },
    }).find(host, signal);
  const hub = 'https://index.docker.io/v1/';

  test.each<readonly [string, unknown, string, unknown]>([
    ['the exact key', { auths: { 'h:5000': auth('u:p') } }, 'h:5000', password('u', 'p')],
    ['another port', { auths: { 'h:5000': auth('u:p') } }, 'h', undefined],
    ['a key with scheme and path', { auths: { 'https://h/v1/': auth('u:p') } }, 'h', password('u', 'p')],
    ['docker hub', { auths: { [hub]: auth('u:p') } }, 'docker.io', password('u', 'p')],
    [
      'docker hub without its key',
      { auths: { 'index.docker.io': auth('u:p') } },
      'docker.io',
      password('u', 'p'),
    ],
    ['a subdomain', { auths: { 'example.com': auth('u:p') } }, 'x.example.com', undefined],
    ['a prefix', { auths: { 'example.com': auth('u:p') } }, 'example.com.evil.test', undefined],
    ['a user in front', { auths: { 'https://evil@h/': auth('u:p') } }, 'evil', undefined],
    ['no file', {}, 'h', undefined],
    ['the store', { credsStore: 'good' }, 'h', password('me at h', 'pw')],
    ['the store for docker hub', { credsStore: 'good' }, 'docker.io', password(`me at ${hub}`, 'pw')],
    [
      'the host’s helper first',
      { credsStore: 'broken', credHelpers: { h: 'token' } },
      'h',
      { kind: 'refresh-token', username: '', token: 'id' },
    ],
    [
      'the file where the store knows nothing',
      { credsStore: 'none', auths: { h: auth('u:p') } },
      'h',
      password('u', 'p'),
    ],
  ])('%s', async (_, config, host, expected) => {
    expect(await find(config, host)).toEqual(expected);
  });

  test('reads ~/.docker/config.json and warns if others can write it', async () => {
    const home = await mkdtemp(join(tmpdir(), 'tctr-home-'));
    const warnings: string[] = [];
    try {
      const file = join(home, 'config.json');
      await writeFile(file, JSON.stringify({ auths: { h: auth('u:p') } }));
      await chmod(file, 0o666);
      const source = dockerConfigCredentials({
        env: { DOCKER_CONFIG: home },
        onWarning: (text) => warnings.push(text),
      });
      expect(await source.find('h', signal)).toEqual(password('u', 'p'));
      expect(warnings).toEqual([`${file} can be written by others`]);
      const empty = dockerConfigCredentials({ env: { DOCKER_CONFIG: join(home, 'none') } });
      expect(await empty.find('h', signal)).toBeUndefined();
    } finally {
      await rm(home, { recursive: true });
    }
  });
});

describe('askHelper', () => {
  const ask = (name: string, timeoutMs = 5000) =>
    askHelper({ name, serverUrl: 'h', env: { PATH: `.:${bin}:/usr/bin:/bin` }, signal, timeoutMs });

  test.each([
    ['broken', 'unavailable', 'docker-credential-broken failed with status 1'],
    ['garbage', 'unavailable', 'docker-credential-garbage gave no login that can be read'],
    ['huge', 'unavailable', 'docker-credential-huge failed with status unknown'],
    ['missing', 'not found', 'docker-credential-missing is not in the PATH'],
    ['../x', 'invalid argument', 'credential helper has an invalid name'],
    ['a b', 'invalid argument', 'credential helper has an invalid name'],
    ['', 'invalid argument', 'credential helper has an invalid name'],
  ])('%j', async (name, kind, message) => {
    expect(await failure(ask(name))).toMatchObject({ kind, message });
  });

  test('waits no longer than its limit', async () => {
    expect(await failure(ask('slow', 200))).toMatchObject({ kind: 'deadline exceeded' });
  });

  test('ends with its signal', async () => {
    const gone = new Error('gone');
    const asked = askHelper({
      name: 'slow',
      serverUrl: 'h',
      env: { PATH: `${bin}:/usr/bin:/bin` },
      signal: AbortSignal.abort(gone),
    });
    expect(await failure(asked)).toBe(gone);
  });
});

describe('the command line’s login', () => {
  test.each([
    ['u:p', '', password('u', 'p')],
    ['u:p:q', '', password('u', 'p:q')],
    ['u', '', undefined],
    ['', '', undefined],
    ['', 't', { kind: 'refresh-token', username: '', token: 't' }],
    ['u:p', 't', { kind: 'refresh-token', username: '', token: 't' }],
  ])('-u %j --refresh %j', async (user, refreshToken, expected) => {
    const source = staticCredentials({ host: 'h:5000', user, refreshToken });
    expect(await source.find('h:5000', signal)).toEqual(expected);
    expect(await source.find('h', signal)).toBeUndefined();
    expect(source.isExplicit).toBe(expected !== undefined);
  });

  test('goes before others', async () => {
    const sources = firstOf([
      staticCredentials({ host: 'h', user: 'a:b' }),
      staticCredentials({ host: 'g', user: 'c:d' }),
    ]);
    expect(await Promise.all(['h', 'g', 'i'].map((host) => sources.find(host, signal)))).toEqual([
      password('a', 'b'),
      password('c', 'd'),
      undefined,
    ]);
  });
});

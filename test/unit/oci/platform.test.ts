import { describe, expect, test } from '@jest/globals';
import type { Platform } from '../../../src/oci/descriptor.js';
import { KindError } from '../../../src/oci/errors.js';
import {
  defaultPlatform,
  equalPlatforms,
  formatPlatform,
  formatPlatformAll,
  normalizePlatform,
  parsePlatform,
} from '../../../src/oci/platform.js';
import { allPlatforms, anyOf, only, onlyStrict } from '../../../src/oci/platform-matcher.js';

const host = defaultPlatform();
const platform = (os: string, architecture: string, variant?: string): Platform => ({
  os,
  architecture,
  ...(variant !== undefined && { variant }),
});

test.each([
  ['linux', platform('linux', host.architecture), `linux/${host.architecture}`],
  ['windows', platform('windows', host.architecture), `windows/${host.architecture}`],
  ['macos', platform('darwin', host.architecture), `darwin/${host.architecture}`],
  ['s390x', platform(host.os, 's390x'), `${host.os}/s390x`],
  ['x86_64', platform(host.os, 'amd64'), `${host.os}/amd64`],
  ['arm', platform(host.os, 'arm'), `${host.os}/arm`],
  ['armel', platform(host.os, 'arm', 'v6'), `${host.os}/arm/v6`],
  ['armhf', platform(host.os, 'arm'), `${host.os}/arm`],
  ['Aarch64', platform(host.os, 'arm64'), `${host.os}/arm64`],
  ['i386', platform(host.os, '386'), `${host.os}/386`],
  ['linux/arm64', platform('linux', 'arm64'), 'linux/arm64'],
  ['linux/arm64/v8', platform('linux', 'arm64', 'v8'), 'linux/arm64/v8'],
  ['linux/arm64/9', platform('linux', 'arm64', 'v9'), 'linux/arm64/v9'],
  ['linux/arm64/v8.2', platform('linux', 'arm64', 'v8.2'), 'linux/arm64/v8.2'],
  ['linux/arm', platform('linux', 'arm'), 'linux/arm'],
  ['linux/arm/7', platform('linux', 'arm', 'v7'), 'linux/arm/v7'],
  ['linux/arm/v6', platform('linux', 'arm', 'v6'), 'linux/arm/v6'],
  ['Linux/x86_64', platform('linux', 'amd64'), 'linux/amd64'],
  ['linux/amd64/v1', platform('linux', 'amd64'), 'linux/amd64'],
  ['linux/amd64/v3', platform('linux', 'amd64', 'v3'), 'linux/amd64/v3'],
  ['foo/bar', platform('foo', 'bar'), 'foo/bar'],
  [
    'windows(10.0.17763+win32k)/amd64',
    { ...platform('windows', 'amd64'), osVersion: '10.0.17763', osFeatures: ['win32k'] },
    'windows/amd64',
  ],
])('%s', (specifier, parsed, written) => {
  expect(parsePlatform(specifier)).toEqual(parsed);
  expect(formatPlatform(parsed)).toBe(written);
  // Written in full it names the same platform again.
  expect(equalPlatforms(parsePlatform(formatPlatformAll(parsed)), parsed)).toBe(true);
});

const component = 'platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument';
test.each([
  ['bogus/x/y/z', '"bogus/x/y/z": cannot parse platform specifier: invalid argument'],
  [
    'linux/amd64,linux/arm64',
    `"amd64,linux" is an invalid component of "linux/amd64,linux/arm64": ${component}`,
  ],
  ['linux/', `"" is an invalid component of "linux/": ${component}`],
  ['nothing', '"nothing": unknown operating system or architecture: invalid argument'],
  ['linux/*', '"linux/*": wildcards not yet supported: invalid argument'],
  ['linux/é', `"é" is an invalid component of "linux/é": ${component}`],
  ['linux/a\n', `"a\\n" is an invalid component of "linux/a\\n": ${component}`],
  ['x'.repeat(2000), 'platform specifier is too long: invalid argument'],
])('%s is refused', (specifier, message) => {
  expect(() => parsePlatform(specifier)).toThrow(new KindError('invalid argument', message));
});

test('an OS that cannot be is refused', () => {
  expect(() => parsePlatform('li;nux/amd64')).toThrow(
    /^"li;nux" is an invalid OS component of "li;nux\/amd64": OSAndVersion/,
  );
  expect(() => parsePlatform('')).toThrow('invalid argument');
  expect(() => parsePlatform('windows(%zz)/amd64')).toThrow('invalid URL escape');
});

test('other names for the same', () => {
  expect(normalizePlatform(platform('MacOS', 'aarch64', 'v8'))).toEqual(platform('darwin', 'arm64'));
  expect(normalizePlatform(platform('linux', 'arm'))).toEqual(platform('linux', 'arm', 'v7'));
  expect(formatPlatform(platform('', ''))).toBe('unknown');
});

describe('only', () => {
  test.each([
    ['linux/amd64', ['linux/amd64', 'linux/386']],
    ['linux/amd64/v3', ['linux/amd64/v3', 'linux/amd64/v2', 'linux/amd64', 'linux/386']],
    ['linux/arm', ['linux/arm/v7', 'linux/arm/v6', 'linux/arm/v5']],
    ['linux/arm/v5', ['linux/arm/v5']],
    ['linux/arm64', ['linux/arm64/v8', 'linux/arm/v8', 'linux/arm/v7', 'linux/arm/v6', 'linux/arm/v5']],
    ['linux/arm64/v8.2', ['linux/arm64/v8.2', 'linux/arm64/v8.1', 'linux/arm64', 'linux/arm/v8']],
    ['linux/arm64/v9', ['linux/arm64/v9', 'linux/arm64/v8.5', 'linux/arm64/v8', 'linux/arm/v8']],
    ['linux/s390x', ['linux/s390x']],
  ])('%s runs, best first, %j', (wanted, runs) => {
    const matcher = only(parsePlatform(wanted));
    const offered = runs.map(parsePlatform);
    expect(offered.every(matcher.matches)).toBe(true);
    expect([...offered].reverse().sort(matcher.compare)).toEqual(offered);
  });

  test.each([
    ['linux/amd64', 'linux/amd64/v2'],
    ['linux/amd64', 'windows/amd64'],
    ['linux/386', 'linux/amd64'],
    ['linux/arm/v6', 'linux/arm/v7'],
    ['linux/arm64', 'linux/arm64/v9'],
    ['linux/arm/v8', 'linux/arm64'],
  ])('%s does not run %s', (wanted, offered) => {
    expect(only(parsePlatform(wanted)).matches(parsePlatform(offered))).toBe(false);
  });

  test('what does not match comes last', () => {
    const offered = ['linux/arm64', 'linux/386', 'windows/amd64', 'linux/amd64'].map(parsePlatform);
    const sorted = offered.sort(only(parsePlatform('linux/amd64')).compare).map(formatPlatform);
    expect(sorted).toEqual(['linux/amd64', 'linux/386', 'linux/arm64', 'windows/amd64']);
  });

  test('features asked for must be there', () => {
    const offered = { ...platform('linux', 'amd64'), osFeatures: ['x'] };
    expect(only(platform('linux', 'amd64')).matches(offered)).toBe(false);
    expect(only(offered).matches(offered)).toBe(true);
  });
});

test('other matchers', () => {
  const amd64 = parsePlatform('linux/amd64');
  const i386 = parsePlatform('linux/386');
  const arm64 = parsePlatform('linux/arm64');
  expect(onlyStrict(amd64).matches(i386)).toBe(false);
  expect(onlyStrict(amd64).matches(amd64)).toBe(true);
  expect([amd64, arm64].sort(anyOf([arm64, amd64]).compare)).toEqual([arm64, amd64]);
  expect(allPlatforms.matches(platform('', ''))).toBe(true);
});

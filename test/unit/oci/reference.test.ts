import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  familiarName,
  normalizeDockerReference,
  parseDockerReference,
} from '../../../src/oci/docker-reference.js';
import { KindError } from '../../../src/oci/errors.js';
import {
  formatReference,
  parseReference,
  referenceDigest,
  referenceHost,
  referenceRepository,
  referenceTag,
  requireObject,
} from '../../../src/oci/reference.js';

const digest = `sha256:${'ab'.repeat(32)}`;
const invalid = (message: string) => new KindError('invalid argument', message);

describe('parseReference', () => {
  test.each([
    ['docker.io/library/redis', 'docker.io/library/redis', '', '', undefined],
    ['docker.io/library/redis:foo?fooo=asdf', 'docker.io/library/redis', 'foo', 'foo', undefined],
    [`docker.io/library/redis:foo@${digest}`, 'docker.io/library/redis', `foo@${digest}`, 'foo', digest],
    [`docker.io/library/redis@${digest}`, 'docker.io/library/redis', `@${digest}`, '', digest],
    ['docker.io/library/redis:obj@abcdef', 'docker.io/library/redis', 'obj@abcdef', 'obj', 'abcdef'],
    ['docker.io/library/redis@abc:def', 'docker.io/library/redis', '@abc:def', '', 'abc:def'],
    ['localhost:5000/a//b/../c:1', 'localhost:5000/a/c', '1', '1', undefined],
    ['[::1]:5000/a:1', '[::1]:5000/a', '1', '1', undefined],
    ['example.org/%61:1', 'example.org/a', '1', '1', undefined],
    ['example.org/a#part', 'example.org/a', '', '', undefined],
    ['busybox', 'busybox', '', '', undefined],
    ['host/', 'host', '', '', undefined],
  ])('%s', (text, locator, object, tag, found) => {
    const reference = parseReference(text);
    expect(reference).toEqual({ locator, object });
    expect(referenceTag(reference)).toBe(tag);
    expect(referenceDigest(reference)).toBe(found);
  });

  test.each([
    ['', 'hostname required'],
    ['/library/redis:1', 'hostname required'],
    ['http://docker.io/redis', 'invalid reference'],
    ['x'.repeat(5000), 'invalid reference'],
    ['busybox:latest', 'parse "dummy://busybox:latest": invalid port ":latest" after host'],
    ['a b/c', 'parse "dummy://a b/c": invalid character " " in host name'],
    ['h%41/c', 'parse "dummy://h%41/c": invalid URL escape "%41"'],
    ['[::1/c', `parse "dummy://[::1/c": missing ']' in host`],
    ['h/%zz', 'parse "dummy://h/%zz": invalid URL escape "%zz"'],
    ['h/a\u001b', 'parse "dummy://h/a\\u001b": net/url: invalid control character in URL'],
    ['h/%00', 'invalid reference'],
    ['h/%ff', 'invalid reference'],
  ])('%j is refused', (text, message) => {
    expect(() => parseReference(text)).toThrow(invalid(message));
  });

  test('the parts', () => {
    const reference = parseReference('localhost:5000/a/b:1');
    expect(referenceHost(reference)).toBe('localhost:5000');
    expect(referenceRepository(reference)).toBe('a/b');
    expect(referenceRepository(parseReference('host'))).toBe('');
    expect(requireObject(reference)).toBe(reference);
    expect(() => requireObject(parseReference('busybox'))).toThrow(invalid('object required'));
  });

  test('what is written is read back', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const object = fc.oneof(
      part,
      fc.constant(''),
      fc.constant(`@${digest}`),
      part.map((tag) => `${tag}@${digest}`),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), object, (parts, found) => {
        const reference = { locator: parts.join('/'), object: found };
        fc.pre(parts.length > 1 || !found);
        expect(parseReference(formatReference(reference))).toEqual(reference);
      }),
    );
  });
});

describe('docker references', () => {
  test.each([
    ['busybox', 'docker.io/library/busybox:latest', 'busybox'],
    ['busybox:1.36', 'docker.io/library/busybox:1.36', 'busybox'],
    ['library/busybox', 'docker.io/library/busybox:latest', 'busybox'],
    ['me/app', 'docker.io/me/app:latest', 'me/app'],
    ['library/a/b', 'docker.io/library/a/b:latest', 'library/a/b'],
    ['docker.io/busybox', 'docker.io/library/busybox:latest', 'busybox'],
    ['index.docker.io/me/app:1', 'docker.io/me/app:1', 'me/app'],
    ['localhost/app', 'localhost/app:latest', 'localhost/app'],
    ['localhost:5000/app:1', 'localhost:5000/app:1', 'localhost:5000/app'],
    ['127.0.0.1:5000/a/b', '127.0.0.1:5000/a/b:latest', '127.0.0.1:5000/a/b'],
    ['[2001:db8::1]:5000/a', '[2001:db8::1]:5000/a:latest', '[2001:db8::1]:5000/a'],
    ['Example.org/a', 'Example.org/a:latest', 'Example.org/a'],
    ['FOO/bar', 'FOO/bar:latest', 'FOO/bar'],
    ['a__b/c-----d.e_f', 'docker.io/a__b/c-----d.e_f:latest', 'a__b/c-----d.e_f'],
    [`busybox@${digest}`, `docker.io/library/busybox@${digest}`, 'busybox'],
    [`busybox:1@${digest}`, `docker.io/library/busybox@${digest}`, 'busybox'],
    [
      'ab'.repeat(32).slice(1),
      `docker.io/library/${'ab'.repeat(32).slice(1)}:latest`,
      'ab'.repeat(32).slice(1),
    ],
  ])('%s is %s', (text, full, familiar) => {
    expect(normalizeDockerReference(text)).toBe(full);
    expect(familiarName(parseDockerReference(text))).toBe(familiar);
  });

  const format = 'invalid reference format';
  test.each([
    ['', format],
    [':1', format],
    ['a:', format],
    ['a@', format],
    ['a//b', format],
    ['/a', format],
    ['a/', format],
    ['-a/b', format],
    ['a..b', format],
    ['a___b', format],
    ['a.-b', format],
    [' a', format],
    ['a\n', format],
    ['é', format],
    ['a:b c', format],
    [`a:${'x'.repeat(129)}`, format],
    ['a:-1', format],
    ['https://example.org/a', format],
    ['example.org:port/a', format],
    ['[::1/a', format],
    ['[fe80::1%eth0]/a', format],
    ['a@sha256:abc', format],
    ['a@sha512:' + 'ab'.repeat(32), 'invalid checksum digest length'],
    ['a@md5:' + 'ab'.repeat(16), 'unsupported digest algorithm'],
    ['a@sha256:' + 'AB'.repeat(32), 'invalid checksum digest format'],
    ['UPPER', `${format}: repository name (library/UPPER) must be lowercase`],
    ['UPPER:x:y', `${format}: repository name (library/UPPER) must be lowercase`],
    ['docker.io/Library/a', `${format}: repository name (Library/a) must be lowercase`],
    ['a/'.repeat(128) + 'a:tag', 'repository name must not be more than 255 characters'],
    ['x'.repeat(5000), format],
    [
      'ab'.repeat(32),
      `invalid repository name (${'ab'.repeat(32)}), cannot specify 64-byte hexadecimal strings`,
    ],
  ])('%j is refused', (text, message) => {
    expect(() => normalizeDockerReference(text)).toThrow(invalid(message));
  });

  test('what was normalized stays as it is', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9]{1,5}([._/-][a-z0-9]{1,5}){0,4}(:[\w-][\w.-]{0,9})?$/),
        (text) => {
          let full: string;
          try {
            full = normalizeDockerReference(text);
          } catch (error) {
            expect(error).toBeInstanceOf(KindError);
            return;
          }
          expect(normalizeDockerReference(full)).toBe(full);
          expect(formatReference(parseReference(full))).toBe(full);
        },
      ),
    );
  });
});

import { describe, expect, test } from '@jest/globals';
import { unpackTar } from 'modern-tar';
import {
  blobPath,
  cleanMember,
  digestOfPath,
  importedName,
  repoTag,
  tagAnnotation,
} from '../../../src/oci/archive/names.js';
import { TarEnd } from '../../../src/oci/archive/tar-end.js';
import { tarEnd, tarHeader, tarPadding } from '../../../src/oci/archive/tar-header.js';
import { parseDigest } from '../../../src/oci/digest.js';
import { tar } from '../../support/archive.js';

const hex = 'ab'.repeat(32);
const file = (name: string, size: bigint) => tarHeader({ name, size, mode: 0o444, type: 'file' });

describe('headers', () => {
  test('of a small file are one block, in the fields of USTAR', () => {
    const block = Buffer.from(file(`blobs/sha256/${hex}`, 405n));
    expect(block.length).toBe(512);
    expect(block.toString('latin1', 100, 148)).toBe(
      '0000444\u00000000000\u00000000000\u000000000000625\u000000000000000\u0000',
    );
    expect(block.toString('latin1', 148, 157)).toMatch(/^0[0-7]{5}\0 0$/);
    expect(block.toString('latin1', 257, 265)).toBe('ustar\u000000');
    expect(block.toString('latin1', 329, 345)).toBe('0000000\u00000000000\u0000');
  });

  test('are read back by another program', async () => {
    const bytes = Buffer.concat([
      tarHeader({ name: 'blobs/', size: 0n, mode: 0o755, type: 'folder' }),
      file('a', 3n),
      Buffer.from('abc'),
      tarPadding(3n),
      tarEnd,
    ]);
    const members = await unpackTar(bytes, { strict: true });
    expect(members.map(({ header: { name, mode, type, size } }) => [name, mode, type, size])).toEqual([
      ['blobs/', 0o755, 'directory', 0],
      ['a', 0o444, 'file', 3],
    ]);
    expect(Buffer.from(members[1]?.data ?? []).toString()).toBe('abc');
  });

  test('of 8 GiB and more have a PAX size, of less have none', () => {
    expect(file('x', 8n ** 11n - 1n).length).toBe(512);
    const blocks = Buffer.from(file(`blobs/sha256/${hex}`, 8n ** 11n));
    expect(blocks.length).toBe(3 * 512);
    expect(blocks.toString('latin1', 0, 100)).toMatch(/^blobs\/sha256\/PaxHeaders\.0\/(?:ab){32}/);
    expect(blocks[156]).toBe('x'.charCodeAt(0));
    expect(blocks.toString('latin1', 512, 512 + 20)).toBe('19 size=8589934592\n\u0000');
    expect(blocks.toString('latin1', 1024 + 124, 1024 + 136)).toBe('00000000000\u0000');
  });

  test('of a long name have a PAX path where USTAR has no room', async () => {
    const long = `blobs/sha512/${'cd'.repeat(64)}`;
    const bytes = Buffer.concat([file(long, 1n), Buffer.from('x'), tarPadding(1n), tarEnd]);
    expect((await unpackTar(bytes, { strict: true })).map(({ header }) => header.name)).toEqual([long]);
  });

  test('of a name of two parts use the prefix', () => {
    const name = `${'d'.repeat(90)}/${'f'.repeat(90)}`;
    expect(file(name, 0n).length).toBe(512);
    expect(Buffer.from(file(name, 0n)).toString('latin1', 345, 435)).toBe('d'.repeat(90));
  });

  test.each([
    [0n, 0],
    [1n, 511],
    [511n, 1],
    [512n, 0],
    [2n ** 40n + 5n, 507],
  ])('padding behind %s bytes', (size, length) => {
    expect(tarPadding(size).length).toBe(length);
  });
});

describe('the end of an archive', () => {
  const whole = Buffer.concat([file('a', 700n), Buffer.alloc(700, 1), tarPadding(700n), tarEnd]);

  test.each([1, 7, 512, 5000])('is seen in chunks of %i bytes, and not before', (step) => {
    const end = new TarEnd();
    for (let at = 0; at < whole.length; at += step) {
      expect(end.reached).toBe(false);
      end.push(whole.subarray(at, at + step));
    }
    expect(end.reached).toBe(true);
  });

  test('is not seen in a member of zeros', () => {
    const end = new TarEnd();
    end.push(Buffer.concat([file('zeros', 4096n), Buffer.alloc(4096)]));
    expect(end.reached).toBe(false);
    expect(end.atBoundary).toBe(true);
  });

  test('is behind a member whose size is a PAX record', () => {
    const end = new TarEnd();
    end.push(file('big', 8n ** 11n));
    end.push(new Uint8Array(1024 * 1024));
    expect(end.reached).toBe(false);
    expect(end.atBoundary).toBe(false);
  });

  test.each([
    ['in a header', whole.subarray(0, 300), false],
    ['in a member', whole.subarray(0, 1024), false],
    ['in the padding', whole.subarray(0, 1230), false],
    ['behind a member', whole.subarray(0, 1536), true],
    ['at the start', whole.subarray(0, 0), true],
  ])('a boundary: %s', (_, bytes, boundary) => {
    const end = new TarEnd();
    end.push(bytes);
    expect(end.atBoundary).toBe(boundary);
  });

  test('sizes in base 256 count, negative ones do not', () => {
    const sized = (field: string) =>
      tar([{ name: 'a', sizeField: Buffer.from(field, 'hex') }], { open: true });
    const big = new TarEnd();
    big.push(sized('800000000000000000000400'));
    expect(big.atBoundary).toBe(false);
    const negative = new TarEnd();
    negative.push(sized('f'.repeat(24)));
    expect(negative.atBoundary).toBe(true);
  });
});

describe('names', () => {
  const digest = parseDigest(`sha256:${hex}`);

  test('a blob by its digest, and back', () => {
    expect(blobPath(digest)).toBe(`blobs/sha256/${hex}`);
    expect(digestOfPath(blobPath(digest))).toBe(digest);
  });

  test.each(['blobs/sha256/ab', `blobs/md5/${hex}`, `blobs/sha256/${hex}/x`, `sha256/${hex}`, 'index.json'])(
    '%s is no digest',
    (path) => expect(digestOfPath(path)).toBeUndefined(),
  );

  test.each([
    ['docker.io/library/nginx:alpine', 'alpine', 'nginx:alpine'],
    ['docker.io/me/app:1', '1', 'me/app:1'],
    ['127.0.0.1:5000/a/b:2', '2', '127.0.0.1:5000/a/b:2'],
    [`docker.io/library/x@sha256:${hex}`, `docker.io/library/x@sha256:${hex}`, `x@sha256:${hex}`],
    ['docker.io/library/x', 'docker.io/library/x', 'x:latest'],
  ])('%s is tagged %s, and docker sees %s', (name, tag, docker) => {
    expect(tagAnnotation(name)).toBe(tag);
    expect(repoTag(name)).toBe(docker);
  });

  test('docker sees no name with capitals', () => {
    expect(() => repoTag('docker.io/UPPER:1')).toThrow(
      /unable to create manifests file: failed to parse "docker.io\/UPPER:1"/,
    );
  });

  const annotations = (full: string, tag: string) =>
    new Map([
      ...(full === '' ? [] : [['io.containerd.image.name', full] as const]),
      ...(tag === '' ? [] : [['org.opencontainers.image.ref.name', tag] as const]),
    ]);

  test.each([
    ['', 'latest', false, 'base:latest'],
    ['', 'latest', true, 'base:latest'],
    ['', 'docker.io/a:1', false, 'docker.io/a:1'],
    ['', 'docker.io/a:1', true, ''],
    ['', 'base:1', true, 'base:1'],
    ['', 'base/a:1', true, 'base/a:1'],
    ['', 'base@sha256:1', true, 'base@sha256:1'],
    ['', 'baseline/a:1', true, ''],
    ['docker.io/a:1', 'latest', true, 'docker.io/a:1'],
    ['', '', false, ''],
  ])('an import of %j and %j below "base" (only: %s) gives %j', (full, tag, only, name) => {
    expect(importedName(annotations(full, tag), { prefix: 'base', only })).toBe(name);
  });

  test.each(['a\nb', 'a b', '\u001b[31m', '\u202ea', 'x'.repeat(5000)])('refuses %j', (name) => {
    expect(() => importedName(annotations(name, ''), { prefix: 'base', only: false })).toThrow(
      /names an image/,
    );
  });

  test.each([
    ['./a//b/', 'a/b'],
    ['a/../b', 'b'],
    ['.', ''],
    ['/etc/passwd', undefined],
    ['..', undefined],
    ['a/../../b', undefined],
  ])('the member %s is %s', (name, clean) => {
    expect(cleanMember(name)).toBe(clean);
  });
});

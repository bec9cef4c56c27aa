import { describe, expect, test } from '@jest/globals';
import { parseAnnotations } from '../../../../src/oci/spec/annotations.js';
import { parseCapability } from '../../../../src/oci/spec/capabilities.js';
import { parseIdMapping } from '../../../../src/oci/spec/id-mappings.js';
import { parseNamespace } from '../../../../src/oci/spec/namespaces.js';
import { checkCpuLimits } from '../../../../src/oci/spec/resources.js';
import { parseNofileLimit } from '../../../../src/oci/spec/rlimit.js';

describe('values', () => {
  test('--with-ns', () => {
    expect(parseNamespace('cgroup:/a:b')).toEqual({ type: 'cgroup', path: '/a:b' });
    expect(parseNamespace('user:')).toEqual({ type: 'user', path: '' });
  });

  test.each([
    ['0:100000:65536', 0, 100_000, 65_536],
    ['0x10:010:0b11', 16, 8, 3],
    ['0:0o17:4_294_967_295', 0, 15, 4_294_967_295],
  ])('--uidmap %s', (text, containerID, hostID, size) => {
    expect(parseIdMapping(text)).toEqual({ containerID, hostID, size });
  });

  test('--rlimit-nofile', () => {
    expect(parseNofileLimit('5')).toEqual({ type: 'RLIMIT_NOFILE', soft: 5n, hard: 5n });
    expect(parseNofileLimit('5:18446744073709551615')).toMatchObject({
      soft: 5n,
      hard: 18446744073709551615n,
    });
  });

  test('--annotation: the last of equal keys', () => {
    expect(parseAnnotations(['a=1', 'b==', 'a=2'])).toEqual(
      new Map([
        ['a', '2'],
        ['b', '='],
      ]),
    );
  });
});

describe("ctr's error texts", () => {
  test.each<[() => unknown, string]>([
    [
      () => parseNamespace('net'),
      "joining a Linux namespace using --with-ns requires the format 'nstype:path'",
    ],
    [() => parseNamespace('foo:/x'), 'the Linux namespace type specified in --with-ns is not valid: foo'],
    [() => parseNamespace('time:/x'), 'the Linux namespace type specified in --with-ns is not valid: time'],
    [() => parseIdMapping('1:2'), 'user namespace mappings require the format `container-id:host-id:size`'],
    [
      () => parseIdMapping('1:2:3:4'),
      'user namespace mappings require the format `container-id:host-id:size`',
    ],
    [
      () => parseIdMapping('0:x:1'),
      'invalid host id for user namespace remapping: strconv.ParseUint: parsing "x": invalid syntax',
    ],
    [
      () => parseIdMapping(':0:1'),
      'invalid container id for user namespace remapping: strconv.ParseUint: parsing "": invalid syntax',
    ],
    [
      () => parseIdMapping('0:0:4294967296'),
      'invalid size for user namespace remapping: strconv.ParseUint: parsing "4294967296": value out of range',
    ],
    [
      () => parseIdMapping('08:0:1'),
      'invalid container id for user namespace remapping: strconv.ParseUint: parsing "08": invalid syntax',
    ],
    [() => parseCapability('NET_ADMIN'), "capabilities must be specified with 'CAP_' prefix"],
    [
      () => parseNofileLimit('x'),
      'failed to parse rlimit-nofile "x": strconv.ParseUint: parsing "x": invalid syntax',
    ],
    [
      () => parseNofileLimit('1:-1'),
      'failed to parse rlimit-nofile "1:-1": strconv.ParseUint: parsing "-1": invalid syntax',
    ],
    [
      () => parseNofileLimit('0x1'),
      'failed to parse rlimit-nofile "0x1": strconv.ParseUint: parsing "0x1": invalid syntax',
    ],
    [() => parseAnnotations(['a']), 'invalid key=value format annotation: a'],
    [() => checkCpuLimits({ cpus: 1, quota: 5n }), 'cpus and quota/period should be used separately'],
    [() => checkCpuLimits({ cpus: 1, period: 5n }), 'cpus and quota/period should be used separately'],
  ])('%s', (parse, message) => {
    expect(parse).toThrow(expect.objectContaining({ kind: 'invalid argument', message }));
  });
});

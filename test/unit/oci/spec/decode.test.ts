import { describe, expect, test } from '@jest/globals';
import { decodeProcess, decodeSeccomp, decodeSpec } from '../../../../src/oci/spec/decode.js';
import { encodeProcess, encodeSpec } from '../../../../src/oci/spec/encode.js';

const view = (text: string): string => encodeSpec(decodeSpec(Buffer.from(text)));

describe('decodeSpec and encodeSpec are Go 1.24 with runtime-spec 1.2.1', () => {
  test.each([
    [
      'field order',
      '{"root":{"readonly":true,"path":"r"},"ociVersion":"1"}',
      '{"ociVersion":"1","root":{"path":"r","readonly":true}}',
    ],
    ['unknown fields', '{"ociVersion":"1","x":1,"linux":{"netDevices":{}}}', '{"ociVersion":"1","linux":{}}'],
    [
      'omitempty',
      '{"ociVersion":"1","hostname":"","mounts":[],"annotations":{},"linux":{"sysctl":{}}}',
      '{"ociVersion":"1","linux":{}}',
    ],
    [
      'pointers',
      '{"linux":{"resources":{"cpu":{"shares":0},"memory":{"disableOOMKiller":false}}}}',
      '{"ociVersion":"","linux":{"resources":{"memory":{"disableOOMKiller":false},"cpu":{"shares":0}}}}',
    ],
    [
      'null',
      '{"ociVersion":null,"process":null,"mounts":[null]}',
      '{"ociVersion":"","mounts":[{"destination":""}]}',
    ],
    ['case', '{"OCIVERSION":"1"}', '{"ociVersion":"1"}'],
    ['zero structs', '{"process":{}}', '{"ociVersion":"","process":{"user":{"uid":0,"gid":0},"cwd":""}}'],
    ['nil slice', '{"windows":{}}', '{"ociVersion":"","windows":{"layerFolders":null}}'],
    [
      'structs that omitempty spares',
      '{"vm":{}}',
      '{"ociVersion":"","vm":{"hypervisor":{"path":""},"kernel":{"path":""},"image":{"path":"","format":""}}}',
    ],
    [
      'big numbers',
      '{"process":{"rlimits":[{"type":"x","hard":18446744073709551615,"soft":1}]}}',
      '{"ociVersion":"","process":{"user":{"uid":0,"gid":0},"cwd":"","rlimits":[{"type":"x","hard":18446744073709551615,"soft":1}]}}',
    ],
    [
      'sorted maps',
      '{"annotations":{"😀":"","ﬁ":"","b":"","__proto__":"","10":"","9":""}}',
      '{"ociVersion":"","annotations":{"10":"","9":"","__proto__":"","b":"","ﬁ":"","😀":""}}',
    ],
    [
      'HTML',
      '{"ociVersion":"<&>\\u2028\\u2029\\b\\u0001\\u007f"}',
      '{"ociVersion":"\\u003c\\u0026\\u003e\\u2028\\u2029\\b\\u0001\u007f"}',
    ],
  ])('%s', (_, text, expected) => {
    expect(view(text)).toBe(expected);
  });

  test.each([
    ['{"ociVersion":1}', 'json: cannot unmarshal number 1 into Go field ociVersion of type string'],
    [
      '{"process":{"user":{"uid":4294967296}}}',
      'json: cannot unmarshal number 4294967296 into Go field process.user.uid of type uint32',
    ],
    [
      '{"process":{"user":{"uid":-1}}}',
      'json: cannot unmarshal number -1 into Go field process.user.uid of type uint32',
    ],
    [
      '{"process":{"user":{"uid":1.5}}}',
      'json: cannot unmarshal number 1.5 into Go field process.user.uid of type uint32',
    ],
    [
      '{"process":{"terminal":"yes"}}',
      'json: cannot unmarshal string into Go field process.terminal of type bool',
    ],
    ['{"mounts":{}}', 'json: cannot unmarshal object into Go field mounts of type list'],
    ['{"linux":[]}', 'json: cannot unmarshal array into Go field linux of type object'],
    ['[]', 'json: cannot unmarshal array into Go value of type object'],
    ['{', 'unexpected end of JSON input'],
  ])('refuses %s', (text, message) => {
    expect(() => view(text)).toThrow(expect.objectContaining({ kind: 'invalid argument', message }));
  });

  test('bytes that are no UTF-8 become U+FFFD', () => {
    const bytes = Buffer.concat([Buffer.from('{"ociVersion":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(decodeSpec(bytes).ociVersion).toBe('\ufffd');
  });

  test('what was decoded is in the order in which it is printed', () => {
    const spec = decodeSpec(Buffer.from('{"linux":{},"hostname":"h","ociVersion":"1"}'));
    expect(Object.keys(spec)).toEqual(['ociVersion', 'hostname', 'linux']);
  });
});

test('a process round-trips', () => {
  const text = '{"user":{"uid":1,"gid":2,"additionalGids":[3]},"args":["a"],"cwd":"/","oomScoreAdj":0}';
  expect(encodeProcess(decodeProcess(Buffer.from(text)))).toBe(text);
});

test('a seccomp profile keeps the zeros that mean something', () => {
  const profile = '{"defaultAction":"A","flags":[],"syscalls":[{"names":["x"],"action":"B","errnoRet":0}]}';
  expect(decodeSeccomp(Buffer.from(profile))).toEqual({
    defaultAction: 'A',
    syscalls: [{ names: ['x'], action: 'B', errnoRet: 0n }],
  });
});

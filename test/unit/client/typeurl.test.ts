import { expect, test } from '@jest/globals';
import { pack, packJson, typeName, typeUrls, unpack } from '../../../src/client/typeurl.js';
import { Options, ProcessDetails } from '../../../src/gen/types/runc/options/oci.js';

const options = { ...Options.decode(new Uint8Array()), binaryName: '/opt/runc', systemdCgroup: true };

test('a message travels under its bare name, and comes back', () => {
  const any = pack(Options, options);
  expect(any.typeUrl).toBe('containerd.runc.v1.Options');
  expect(unpack(Options, any)).toEqual(options);
});

test.each(['type.googleapis.com/containerd.runc.v1.Options', '/containerd.runc.v1.Options'])(
  'a writer may put %s before it',
  (typeUrl) => {
    expect(unpack(Options, { ...pack(Options, options), typeUrl })).toEqual(options);
  },
);

test('a payload of another type, or none, is not read as this one', () => {
  const details = pack(ProcessDetails, { execId: 'e' });
  expect(unpack(Options, details)).toBeUndefined();
  expect(unpack(Options, { ...details, typeUrl: 'my.containerd.runc.v1.Options' })).toBeUndefined();
  expect(unpack(Options, undefined)).toBeUndefined();
});

test('bytes that are no message are told of', () => {
  expect(() =>
    unpack(Options, { typeUrl: typeUrls.runcOptions, value: Uint8Array.of(0x0a, 0xff) }),
  ).toThrow();
});

test('JSON goes in UTF-8, under its URL', () => {
  const any = packJson(typeUrls.spec, '{"a":"é"}');
  expect(Buffer.from(any.value).toString('hex')).toBe(Buffer.from('{"a":"é"}', 'utf8').toString('hex'));
  expect(typeName(any)).toBe('Spec');
});

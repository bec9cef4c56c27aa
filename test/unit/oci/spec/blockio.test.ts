import { describe, expect, test } from '@jest/globals';
import { blockIOOf, decodeBlockIOClasses } from '../../../../src/oci/spec/blockio.js';
import { parseJson } from '../../../../src/oci/spec/parse-json.js';

const decode = (value: unknown) => decodeBlockIOClasses(parseJson(JSON.stringify(value)));
const devices = (pattern: string) =>
  pattern === '/dev/sd*'
    ? [
        { major: 8n, minor: 0n },
        { major: 8n, minor: 16n },
      ]
    : [{ major: 8n, minor: 16n }];

test('a later entry counts for a device that an earlier one names too', () => {
  const entries = decode({
    Classes: {
      a: [
        { Weight: 80 },
        { Devices: ['/dev/sd*'], Weight: '50', ThrottleReadBps: '50M', ThrottleWriteIOPS: '5k' },
        { devices: ['/dev/sdb'], throttlereadbps: '1Ki' },
      ],
    },
  }).get('a');
  expect(blockIOOf(entries ?? [], devices)).toEqual({
    weight: 80,
    weightDevice: [
      { major: 8n, minor: 0n, weight: 50 },
      { major: 8n, minor: 16n, weight: 50 },
    ],
    throttleReadBpsDevice: [
      { major: 8n, minor: 0n, rate: 50_000_000n },
      { major: 8n, minor: 16n, rate: 1024n },
    ],
    throttleWriteIOPSDevice: [
      { major: 8n, minor: 0n, rate: 5000n },
      { major: 8n, minor: 16n, rate: 5000n },
    ],
  });
});

describe('a document that is refused', () => {
  test.each([
    [[], 'the document has to be an object'],
    [{ Classes: [] }, 'Classes has to be an object'],
    [{ Classes: { a: {} } }, 'a has to be a list'],
    [{ Classes: { a: [1] } }, 'a has to be an object'],
    [{ Classes: { a: [{ Devices: '/dev/sda' }] } }, 'Devices has to be a list'],
    [{ Classes: { a: [{ Devices: [[]] }] } }, 'Devices has to be a text'],
    [{ Classes: { a: [{ Weight: true }] } }, 'Weight has to be a text'],
    [{ Classes: { a: [{ Weight: '9' }] } }, 'smaller than minimum (10)'],
    [{ Classes: { a: [{ Weight: '1001' }] } }, 'bigger than maximum (1000)'],
    [{ Classes: { a: [{ Weight: 'x' }] } }, 'syntax error in "Weight" ("x")'],
    [{ Classes: { a: [{ ThrottleReadBps: '1' }] } }, 'Devices are not listed'],
    [{ Classes: { a: [{ Devices: [], ThrottleReadBps: '-1' }] } }, 'smaller than minimum (0)'],
  ])('%j', (document, message) => {
    expect(() => decode(document)).toThrow(message);
  });
});

test.each([[null], [{}], [{ Classes: null }]])('%j has no classes', (document) => {
  expect(decode(document).size).toBe(0);
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseCsvRecord } from '../../../src/oci/csv-record.js';
import { KindError } from '../../../src/oci/errors.js';
import { validateIdentifier } from '../../../src/oci/identifier.js';
import { isStorableLabel, validateLabel } from '../../../src/oci/label.js';
import { parseMountFlag } from '../../../src/oci/mount-flag.js';
import { parseSignal, signalName, signalNumber } from '../../../src/oci/signal.js';

const invalid = (message: string) => new KindError('invalid argument', message);

describe('signals', () => {
  test.each([
    ['SIGTERM', 15],
    ['term', 15],
    ['sigKill', 9],
    ['9', 9],
    ['99', 99],
    ['-1', -1],
    ['SIGRTMIN', 34],
    ['RTMIN+3', 37],
    ['SIGRTMIN+15', 49],
    ['rtmax-14', 50],
    ['SIGRTMAX', 64],
    ['CLD', 17],
    ['SIGPOLL', 29],
  ])('%s is %d', (text, expected) => {
    expect(parseSignal(text)).toBe(expected);
  });
  test.each(['BOGUS', '', '0', 'SIG', 'SIGSIGTERM', '1e1', 'RTMIN+16', '15 '])('%j is none', (text) => {
    expect(() => parseSignal(text)).toThrow(invalid(`invalid signal: ${text}`));
  });
  test('names', () => {
    expect(signalName(15)).toBe('SIGTERM');
    expect(signalName(6)).toBe('SIGABRT');
    expect(signalName(36)).toBe('SIGRTMIN+2');
    expect(signalName(65)).toBeUndefined();
    expect(signalNumber('SIGWINCH')).toBe(28);
    for (let number = 1; number <= 64; number++) {
      const name = signalName(number);
      if (name !== undefined) expect(parseSignal(name)).toBe(number);
    }
  });
});

describe('identifiers', () => {
  test.each(['a', 'A-b_c.d', '1', 'x'.repeat(76)])('%s', (id) => {
    expect(() => validateIdentifier(id)).not.toThrow();
  });
  const rule = 'must match ^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$: invalid argument';
  test.each([
    ['', 'identifier must not be empty: invalid argument'],
    ['_', `identifier "_" ${rule}`],
    ['a..b', `identifier "a..b" ${rule}`],
    ['a/b', `identifier "a/b" ${rule}`],
    ['a\n', `identifier "a\\n" ${rule}`],
    ['.', `identifier "." ${rule}`],
    ['é', `identifier "é" ${rule}`],
    [
      'x'.repeat(77),
      `identifier "${'x'.repeat(77)}" greater than maximum length (76 characters): invalid argument`,
    ],
  ])('%j is refused', (id, message) => {
    expect(() => validateIdentifier(id)).toThrow(invalid(message));
  });
});

test('labels have 4,096 bytes, key and value together', () => {
  expect(() => validateLabel('k', 'v'.repeat(4095))).not.toThrow();
  expect(isStorableLabel('é', 'v'.repeat(4095))).toBe(false);
  expect(() => validateLabel('k'.repeat(100), 'v'.repeat(4000))).toThrow(
    invalid(
      `label key and value length (4100 bytes) greater than maximum size (4096 bytes), key: ${'k'.repeat(64)}: invalid argument`,
    ),
  );
});

describe('CSV', () => {
  test.each([
    ['a,b', ['a', 'b']],
    ['a', ['a']],
    [',', ['', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"a""b"', ['a"b']],
    [' a , b', [' a ', ' b']],
    ['"",x', ['', 'x']],
  ])('%s', (line, fields) => {
    expect(parseCsvRecord(line)).toEqual(fields);
  });
  test.each([
    ['', 'EOF'],
    ['a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'],
    ['"a', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
    ['"a"b', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'],
  ])('%j is refused', (line, message) => {
    expect(() => parseCsvRecord(line)).toThrow(invalid(message));
  });
  test('what is written is read back', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ' ') });
    fc.assert(
      fc.property(fc.array(field, { minLength: 1 }), (fields) => {
        expect(parseCsvRecord(fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(','))).toEqual(
          fields,
        );
      }),
    );
  });
});

describe('--mount', () => {
  test.each([
    [
      'type=bind,src=/a,dst=/b,options=rbind:ro',
      { type: 'bind', source: '/a', destination: '/b', options: ['rbind', 'ro'] },
    ],
    ['source=/a,destination=/b', { source: '/a', destination: '/b' }],
    ['"src=/a,b",dst=/c=d', { source: '/a,b', destination: '/c=d' }],
    ['type=tmpfs', { type: 'tmpfs' }],
  ])('%s', (text, mount) => {
    expect(parseMountFlag(text)).toEqual(mount);
  });
  test.each([
    ['opt=x', 'mount option "opt" not supported'],
    ['type=bind,ro', 'invalid mount specification: expected key=val'],
    ['', 'EOF'],
  ])('%j is refused', (text, message) => {
    expect(() => parseMountFlag(text)).toThrow(invalid(message));
  });
});

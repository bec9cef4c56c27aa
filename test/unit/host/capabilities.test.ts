import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { effectiveCapabilities, ownCapabilities } from '../../../src/host/capabilities.js';

test.each([
  ['0000000000000000', []],
  ['0000000000000001', ['CAP_CHOWN']],
  ['0000000000200080', ['CAP_SETUID', 'CAP_SYS_ADMIN']],
  ['0000010000000000', ['CAP_CHECKPOINT_RESTORE']],
  ['0000020000000000', []],
])('CapEff %s', (mask, names) => {
  expect(effectiveCapabilities(`Name:\tx\nCapPrm:\t000001ffffffffff\nCapEff:\t${mask}\n`)).toEqual(names);
});

test('there are 41', () => {
  expect(effectiveCapabilities('CapEff:\t000001ffffffffff')).toHaveLength(41);
});

test('our own', () => {
  const mask = /^CapEff:\t(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const bits = [...BigInt(`0x${mask}`).toString(2)].filter((bit) => bit === '1');
  expect(ownCapabilities()).toHaveLength(Math.min(bits.length, 41));
});

test('a kernel that does not tell', () => {
  expect(() => effectiveCapabilities('Name:\tx')).toThrow(expect.objectContaining({ kind: 'internal' }));
});

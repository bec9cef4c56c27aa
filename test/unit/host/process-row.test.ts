import { describe, expect, test } from '@jest/globals';
import { processStart, startTime } from '../../../src/host/process-start.js';
import { processRow } from '../../../src/host/process-row.js';

const system = 'cpu 1 2 3\nbtime 1700000000\nprocesses 9\n';
// A name that looks like the end of the field.
const stat = `42 (a) b) S 7 42 42 34816 42 0 0 0 0 0 150 60 0 0 20 0 1 0 250 0 0`;

describe('startTime', () => {
  test('is the boot and ticks of a hundredth', () => {
    expect(startTime(stat, system)).toBe(1_700_000_002_500_000_000n);
  });
  test.each([
    ['', system],
    [stat, ''],
    ['42 (x) S', system],
  ])('of %j and %j is not known', (process, machine) => {
    expect(startTime(process, machine)).toBeUndefined();
  });
});

test('processStart of this process is in the past, of none is not known', () => {
  const started = processStart(process.pid) ?? 0n;
  const now = BigInt(Date.now()) * 1_000_000n;
  expect(now - started).toBeGreaterThan(0n);
  expect(now - started).toBeLessThan(86_400_000_000_000n);
  expect(processStart(0)).toBeUndefined();
});

test('processRow', () => {
  const row = processRow(42, {
    stat,
    status: 'Name:\tx\nUid:\t1000\t1000\n',
    cmdline: 'sh\0-c\0ls\0',
    system,
  });
  expect(row).toEqual({
    pid: 42,
    uid: 1000,
    ppid: 7,
    startedAt: 1_700_000_002_500_000_000n,
    cpuSeconds: 2,
    tty: 'pts/0',
    command: 'sh -c ls',
  });
  expect(processRow(42, { stat, status: '', cmdline: '', system }).command).toBe('[a) b]');
});

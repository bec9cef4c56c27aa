import { describe, expect, test } from '@jest/globals';
import type { CgroupMetrics } from '../../../src/client/cgroup-metrics.js';
import { CPUStat as CPUStatV1, CPUUsage, MemoryEntry } from '../../../src/gen/cgroups/v1/metrics.js';
import { MemoryStat as MemoryStatV1, Metrics as MetricsV1 } from '../../../src/gen/cgroups/v1/metrics.js';
import { CPUStat, HugeTlbStat, MemoryStat, Metrics, PidsStat } from '../../../src/gen/cgroups/v2/metrics.js';
import { renderMetricsJson, renderMetricsTable } from '../../../src/views/task-metrics.js';

/** A message with nothing in it. */
const blank = <T>(type: { decode(input: Uint8Array): T }): T => type.decode(new Uint8Array());
const metric = { id: 'web', timestamp: { seconds: 12n, nanos: 34 }, data: undefined };

const v2: CgroupMetrics = {
  version: 2,
  metrics: {
    ...blank(Metrics),
    pids: { current: 3n, limit: 0n },
    cpu: { ...blank(CPUStat), usageUsec: 100n, userUsec: 60n, systemUsec: 40n, nrThrottled: 2n },
    memory: { ...blank(MemoryStat), usage: 4096n, usageLimit: 2n ** 64n - 1n, kernelStack: 16n },
    hugetlb: [{ ...blank(HugeTlbStat), max: 5n, pagesize: '2MB' }, blank(HugeTlbStat)],
  },
};
const v1: CgroupMetrics = {
  version: 1,
  metrics: {
    ...blank(MetricsV1),
    memory: {
      ...blank(MemoryStatV1),
      totalCache: 7n,
      usage: { ...blank(MemoryEntry), usage: 10n, limit: 20n },
    },
    cpu: { ...blank(CPUStatV1), usage: { ...blank(CPUUsage), total: 9n, perCpu: [4n, 5n] } },
    pids: { current: 1n, limit: 2n },
  },
};

/** The rows of a table, their cells one blank apart. */
const rows = async (...args: Parameters<typeof renderMetricsTable>): Promise<readonly string[]> =>
  (await renderMetricsTable(...args)).split('\n').map((line) => line.trim().replaceAll(/ {2,}/g, ' | '));

describe('the table', () => {
  test('of cgroup v2: pids, cpu and memory, in ctr’s order', async () => {
    expect(await rows(metric, v2)).toEqual([
      'ID | TIMESTAMP',
      'web | seconds:12 | nanos:34',
      '',
      'METRIC | VALUE',
      'pids.current | 3',
      'pids.limit | 0',
      'cpu.usage_usec | 100',
      'cpu.user_usec | 60',
      'cpu.system_usec | 40',
      'cpu.nr_periods | 0',
      'cpu.nr_throttled | 2',
      'cpu.throttled_usec | 0',
      'memory.usage | 4096',
      'memory.usage_limit | 18446744073709551615',
      'memory.swap_usage | 0',
      'memory.swap_limit | 0',
      '',
    ]);
  });

  test('of cgroup v1: memory, cpu and pids, in ctr’s order', async () => {
    expect((await rows(metric, v1)).slice(4)).toEqual([
      'memory.usage_in_bytes | 10',
      'memory.limit_in_bytes | 20',
      'memory.stat.cache | 7',
      'cpuacct.usage | 9',
      'cpuacct.usage_percpu | [4 5]',
      'pids.current | 1',
      'pids.limit | 2',
      '',
    ]);
  });

  test.each<[string, CgroupMetrics]>([
    ['v1', { version: 1, metrics: blank(MetricsV1) }],
    ['v2', { version: 2, metrics: blank(Metrics) }],
  ])('of a cgroup %s without controllers has no counters', async (_, metrics) => {
    expect((await rows(metric, metrics)).slice(3)).toEqual(['METRIC | VALUE', '']);
  });

  test.each([
    ['none', undefined],
    ['Go’s zero time', { seconds: -62_135_596_800n, nanos: 0 }],
  ])('of %s shows the beginning of time', async (_, timestamp) => {
    expect((await rows({ ...metric, timestamp }, v2))[1]).toBe('web | seconds:0 | nanos:0');
  });
});

describe('JSON', () => {
  test('has Go’s names, and nothing that is zero or empty', () => {
    expect(
      JSON.parse(renderMetricsJson({ version: 2, metrics: { ...v2.metrics, memory: undefined } })),
    ).toEqual({
      pids: { current: 3 },
      cpu: { usage_usec: 100, user_usec: 60, system_usec: 40, nr_throttled: 2 },
      hugetlb: [{ max: 5, pagesize: '2MB' }, {}],
    });
  });

  test('keeps every digit of a large number, and two blanks a level', () => {
    const pids = { ...blank(PidsStat), limit: 2n ** 64n - 1n };
    expect(renderMetricsJson({ version: 2, metrics: { ...blank(Metrics), pids } })).toBe(
      '{\n  "pids": {\n    "limit": 18446744073709551615\n  }\n}\n',
    );
  });
});

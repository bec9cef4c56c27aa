import type { CgroupMetrics } from '../client/cgroup-metrics.js';
import type { Metric } from '../client/tasks.js';
import { formatJson, type JsonValue } from '../output/json.js';
import { tableStyles, type TableLine } from '../output/table-layout.js';
import { drawTable } from '../output/table.js';
import { isZeroTime } from '../output/time.js';

/** ctr's `task metrics`: when, then one line for each counter that the cgroup has. */
export async function renderMetricsTable(metric: Metric, metrics: CgroupMetrics): Promise<string> {
  const when =
    metric.timestamp && !isZeroTime(metric.timestamp) ? metric.timestamp : { seconds: 0n, nanos: 0 };
  const lines: TableLine[] = [
    ['ID', 'TIMESTAMP', ''],
    [metric.id, `seconds:${when.seconds}  nanos:${when.nanos}`, ''],
    [''],
    ['METRIC', 'VALUE', ''],
    ...counters(metrics).map(([name, value]) => [name, String(value), '']),
  ];
  return drawTable(lines, tableStyles.spaced);
}

type Counter = readonly [name: string, value: bigint | string];

function counters(metrics: CgroupMetrics): Counter[] {
  return metrics.version === 1 ? countersV1(metrics.metrics) : countersV2(metrics.metrics);
}

function countersV1({ memory, cpu, pids }: Extract<CgroupMetrics, { version: 1 }>['metrics']): Counter[] {
  const rows: Counter[] = [];
  if (memory) {
    rows.push(
      ['memory.usage_in_bytes', memory.usage?.usage ?? 0n],
      ['memory.limit_in_bytes', memory.usage?.limit ?? 0n],
      ['memory.stat.cache', memory.totalCache],
    );
  }
  if (cpu?.usage) {
    rows.push(
      ['cpuacct.usage', cpu.usage.total],
      ['cpuacct.usage_percpu', `[${cpu.usage.perCpu.join(' ')}]`],
    );
  }
  if (pids) rows.push(['pids.current', pids.current], ['pids.limit', pids.limit]);
  return rows;
}

function countersV2({ memory, cpu, pids }: Extract<CgroupMetrics, { version: 2 }>['metrics']): Counter[] {
  const rows: Counter[] = [];
  if (pids) rows.push(['pids.current', pids.current], ['pids.limit', pids.limit]);
  if (cpu) {
    rows.push(
      ['cpu.usage_usec', cpu.usageUsec],
      ['cpu.user_usec', cpu.userUsec],
      ['cpu.system_usec', cpu.systemUsec],
      ['cpu.nr_periods', cpu.nrPeriods],
      ['cpu.nr_throttled', cpu.nrThrottled],
      ['cpu.throttled_usec', cpu.throttledUsec],
    );
  }
  if (memory) {
    rows.push(
      ['memory.usage', memory.usage],
      ['memory.usage_limit', memory.usageLimit],
      ['memory.swap_usage', memory.swapUsage],
      ['memory.swap_limit', memory.swapLimit],
    );
  }
  return rows;
}

/** The generated structs as Go marshals them: snake case, and what is zero or empty left out. */
export function renderMetricsJson({ metrics }: CgroupMetrics): string {
  return `${formatJson(goStruct(metrics), { indent: 2 })}\n`;
}

function goStruct(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(goStruct);
  if (typeof value !== 'object' || value === null) return value as JsonValue;
  const fields = Object.entries(value).filter(([, field]) => !isEmpty(field));
  return Object.fromEntries(fields.map(([name, field]) => [snakeCase(name), goStruct(field)]));
}

function isEmpty(field: unknown): boolean {
  return (
    field === undefined ||
    field === 0n ||
    field === 0 ||
    field === '' ||
    (Array.isArray(field) && field.length === 0)
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

import { Metrics as MetricsV1 } from '../gen/cgroups/v1/metrics.js';
import { Metrics as MetricsV2 } from '../gen/cgroups/v2/metrics.js';
import { ContainerdError } from './errors.js';
import type { Metric } from './tasks.js';
import { typeName, unpack } from './typeurl.js';

/** A task's counters, of whichever version its cgroup is. */
export type CgroupMetrics =
  { readonly version: 1; readonly metrics: MetricsV1 } | { readonly version: 2; readonly metrics: MetricsV2 };

/** Unpacks what Tasks.Metrics carries. @throws ContainerdError 'not implemented' for another payload (Windows). */
export function decodeMetrics({ data }: Metric): CgroupMetrics {
  const v1 = unpack(MetricsV1, data);
  if (v1) return { version: 1, metrics: v1 };
  const v2 = unpack(MetricsV2, data);
  if (v2) return { version: 2, metrics: v2 };
  const type = data ? typeName(data) : '';
  throw new ContainerdError(
    'not implemented',
    `cannot convert metric data to cgroups.Metrics: its type is ${JSON.stringify(type)}`,
  );
}

import { KindError } from '../errors.js';
import type { BlockIO, LinuxSpec } from './types.js';
import { withCpu, withResources } from './update.js';

/** CPU flags as given; what is undefined was not given. */
export interface CpuLimits {
  /** `--cpus`: CPUs' worth of time, fractions allowed; above 0 counts. */
  readonly cpus?: number | undefined;
  /** `--cpuset-cpus`, such as `0-2,4`. */
  readonly cpusetCpus?: string | undefined;
  readonly cpusetMems?: string | undefined;
  /** `--cpu-shares`; above 0 counts. `ctr run` has 1024 as default. */
  readonly shares?: bigint | undefined;
  /** `--cpu-quota`, microseconds of a period; -1 is none. */
  readonly quota?: bigint | undefined;
  /** `--cpu-period`, microseconds; 0 is none. */
  readonly period?: bigint | undefined;
}

/** Microseconds; the period that `--cpus` is a share of. */
const cfsPeriod = 100_000n;

/**
 * Checks that the CPU flags go together.
 * @throws KindError 'invalid argument' with ctr's text
 */
export function checkCpuLimits({ cpus = 0, quota = -1n, period = 0n }: CpuLimits): void {
  if (cpus > 0 && (quota !== -1n || period !== 0n)) {
    throw new KindError('invalid argument', 'cpus and quota/period should be used separately');
  }
}

/** Limits the container's CPU time. */
export function withCpuLimits(spec: LinuxSpec, limits: CpuLimits): LinuxSpec {
  checkCpuLimits(limits);
  const { cpus = 0, cpusetCpus = '', cpusetMems = '', shares = 0n, quota = -1n, period = 0n } = limits;
  let limited = spec;
  if (cpus > 0) limited = withCpu(limited, { quota: cfsQuota(cpus), period: cfsPeriod });
  if (cpusetCpus !== '') limited = withCpu(limited, { cpus: cpusetCpus });
  if (cpusetMems !== '') limited = withCpu(limited, { mems: cpusetMems });
  if (shares > 0n) limited = withCpu(limited, { shares });
  // ctr: one of the two writes both, so `--cpu-quota 5` has "period":0.
  if (quota !== -1n || period !== 0n) limited = withCpu(limited, { quota, period });
  return limited;
}

/** Limits memory, in bytes; 0 is no limit. */
export function withMemoryLimit(spec: LinuxSpec, bytes: bigint): LinuxSpec {
  if (bytes === 0n) return spec;
  // ctr: the flag is an uint64, the field an int64: `--memory-limit 18446744073709551615` is -1.
  return withResources(spec, { memory: { ...spec.linux.resources.memory, limit: BigInt.asIntN(64, bytes) } });
}

/** Sets the block I/O parameters of a class. */
export function withBlockIO(spec: LinuxSpec, blockIO: BlockIO): LinuxSpec {
  return withResources(spec, { blockIO });
}

function cfsQuota(cpus: number): bigint {
  const quota = Math.trunc(cpus * Number(cfsPeriod));
  // ctr: Go's conversion of what no int64 holds is the least int64 (`--cpus inf`).
  return quota < 2 ** 63 ? BigInt(quota) : -(2n ** 63n);
}

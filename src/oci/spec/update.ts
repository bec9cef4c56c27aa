import type { Cpu, LinuxSpec, Resources } from './types.js';

/** The spec with some fields of its process replaced. */
export function withProcess(spec: LinuxSpec, changes: Partial<LinuxSpec['process']>): LinuxSpec {
  return { ...spec, process: { ...spec.process, ...changes } };
}

/** The spec with some fields of its Linux section replaced. */
export function withLinux(spec: LinuxSpec, changes: Partial<LinuxSpec['linux']>): LinuxSpec {
  return { ...spec, linux: { ...spec.linux, ...changes } };
}

/** The spec with some cgroup resources replaced. */
export function withResources(spec: LinuxSpec, changes: Partial<Resources>): LinuxSpec {
  return withLinux(spec, { resources: { ...spec.linux.resources, ...changes } });
}

/** The spec with some CPU limits replaced. */
export function withCpu(spec: LinuxSpec, changes: Partial<Cpu>): LinuxSpec {
  return withResources(spec, { cpu: { ...spec.linux.resources.cpu, ...changes } });
}

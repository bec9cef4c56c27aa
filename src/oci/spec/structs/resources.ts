import { always, dict, list, nonzero, set, struct } from '../go-struct.js';

export const deviceRule = struct({
  allow: always('bool'),
  type: nonzero('string'),
  major: set('int64'),
  minor: set('int64'),
  access: nonzero('string'),
});

export const memory = struct({
  limit: set('int64'),
  reservation: set('int64'),
  swap: set('int64'),
  kernel: set('int64'),
  kernelTCP: set('int64'),
  swappiness: set('uint64'),
  disableOOMKiller: set('bool'),
  useHierarchy: set('bool'),
  checkBeforeUpdate: set('bool'),
});

export const cpu = struct({
  shares: set('uint64'),
  quota: set('int64'),
  burst: set('uint64'),
  period: set('uint64'),
  realtimeRuntime: set('int64'),
  realtimePeriod: set('uint64'),
  cpus: nonzero('string'),
  mems: nonzero('string'),
  idle: set('int64'),
});

const blockDevice = { major: always('int64'), minor: always('int64') } as const;
const weightDevice = struct({ ...blockDevice, weight: set('uint16'), leafWeight: set('uint16') });
const throttleDevice = struct({ ...blockDevice, rate: always('uint64') });

export const blockIO = struct({
  weight: set('uint16'),
  leafWeight: set('uint16'),
  weightDevice: nonzero(list(weightDevice)),
  throttleReadBpsDevice: nonzero(list(throttleDevice)),
  throttleWriteBpsDevice: nonzero(list(throttleDevice)),
  throttleReadIOPSDevice: nonzero(list(throttleDevice)),
  throttleWriteIOPSDevice: nonzero(list(throttleDevice)),
});

const hugepageLimit = struct({ pageSize: always('string'), limit: always('uint64') });
const interfacePriority = struct({ name: always('string'), priority: always('uint32') });
const network = struct({ classID: set('uint32'), priorities: nonzero(list(interfacePriority)) });
const rdma = struct({ hcaHandles: set('uint32'), hcaObjects: set('uint32') });

/** `LinuxResources` of runtime-spec 1.2.1. */
export const resources = struct({
  devices: nonzero(list(deviceRule)),
  memory: set(memory),
  cpu: set(cpu),
  pids: set(struct({ limit: always('int64') })),
  blockIO: set(blockIO),
  hugepageLimits: nonzero(list(hugepageLimit)),
  network: set(network),
  rdma: nonzero(dict(rdma)),
  unified: nonzero(dict('string')),
});

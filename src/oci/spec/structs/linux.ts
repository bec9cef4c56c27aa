import { always, dict, list, nonzero, set, struct } from '../go-struct.js';
import { resources } from './resources.js';
import { seccomp } from './seccomp.js';

export const idMapping = struct({
  containerID: always('uint32'),
  hostID: always('uint32'),
  size: always('uint32'),
});

export const namespace = struct({ type: always('string'), path: nonzero('string') });

export const device = struct({
  path: always('string'),
  type: always('string'),
  major: always('int64'),
  minor: always('int64'),
  fileMode: set('uint32'),
  uid: set('uint32'),
  gid: set('uint32'),
});

const intelRdt = struct({
  closID: nonzero('string'),
  l3CacheSchema: nonzero('string'),
  memBwSchema: nonzero('string'),
  enableCMT: nonzero('bool'),
  enableMBM: nonzero('bool'),
});

const personality = struct({ domain: always('string'), flags: nonzero(list('string')) });
const timeOffset = struct({ secs: nonzero('int64'), nanosecs: nonzero('uint32') });

/** `Linux` of runtime-spec 1.2.1. */
export const linux = struct({
  uidMappings: nonzero(list(idMapping)),
  gidMappings: nonzero(list(idMapping)),
  sysctl: nonzero(dict('string')),
  resources: set(resources),
  cgroupsPath: nonzero('string'),
  namespaces: nonzero(list(namespace)),
  devices: nonzero(list(device)),
  seccomp: set(seccomp),
  rootfsPropagation: nonzero('string'),
  maskedPaths: nonzero(list('string')),
  readonlyPaths: nonzero(list('string')),
  mountLabel: nonzero('string'),
  intelRdt: set(intelRdt),
  personality: set(personality),
  timeOffsets: nonzero(dict(timeOffset)),
});

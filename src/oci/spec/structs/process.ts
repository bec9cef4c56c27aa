import { always, list, nonzero, set, struct } from '../go-struct.js';

export const user = struct({
  uid: always('uint32'),
  gid: always('uint32'),
  umask: set('uint32'),
  additionalGids: nonzero(list('uint32')),
  username: nonzero('string'),
});

export const capabilities = struct({
  bounding: nonzero(list('string')),
  effective: nonzero(list('string')),
  inheritable: nonzero(list('string')),
  permitted: nonzero(list('string')),
  ambient: nonzero(list('string')),
});

export const rlimit = struct({ type: always('string'), hard: always('uint64'), soft: always('uint64') });

const scheduler = struct({
  policy: always('string'),
  nice: nonzero('int32'),
  priority: nonzero('int32'),
  flags: nonzero(list('string')),
  runtime: nonzero('uint64'),
  deadline: nonzero('uint64'),
  period: nonzero('uint64'),
});

/** `Process` of runtime-spec 1.2.1 (specs-go/config.go). */
export const process = struct({
  terminal: nonzero('bool'),
  consoleSize: set(struct({ height: always('uint'), width: always('uint') })),
  user: always(user),
  args: nonzero(list('string')),
  commandLine: nonzero('string'),
  env: nonzero(list('string')),
  cwd: always('string'),
  capabilities: set(capabilities),
  rlimits: nonzero(list(rlimit)),
  noNewPrivileges: nonzero('bool'),
  apparmorProfile: nonzero('string'),
  oomScoreAdj: set('int'),
  scheduler: set(scheduler),
  selinuxLabel: nonzero('string'),
  ioPriority: set(struct({ class: always('string'), priority: always('int') })),
  execCPUAffinity: set(struct({ initial: nonzero('string'), final: nonzero('string') })),
});

import { always, list, nonzero, set, struct } from '../go-struct.js';

const seccompArg = struct({
  index: always('uint'),
  value: always('uint64'),
  valueTwo: nonzero('uint64'),
  op: always('string'),
});

export const syscallRule = struct({
  names: always(list('string')),
  action: always('string'),
  errnoRet: set('uint'),
  args: nonzero(list(seccompArg)),
});

/** `LinuxSeccomp` of runtime-spec 1.2.1. */
export const seccomp = struct({
  defaultAction: always('string'),
  defaultErrnoRet: set('uint'),
  architectures: nonzero(list('string')),
  flags: nonzero(list('string')),
  listenerPath: nonzero('string'),
  listenerMetadata: nonzero('string'),
  syscalls: nonzero(list(syscallRule)),
});

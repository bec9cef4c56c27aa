import { always, dict, list, nonzero, set, struct } from '../go-struct.js';
import { idMapping, linux } from './linux.js';
import { solaris, vm, zos } from './other-platforms.js';
import { process } from './process.js';
import { windows } from './windows.js';

export const mount = struct({
  destination: always('string'),
  type: nonzero('string'),
  source: nonzero('string'),
  options: nonzero(list('string')),
  uidMappings: nonzero(list(idMapping)),
  gidMappings: nonzero(list(idMapping)),
});

export const hook = struct({
  path: always('string'),
  args: nonzero(list('string')),
  env: nonzero(list('string')),
  timeout: set('int'),
});

export const hooks = struct({
  prestart: nonzero(list(hook)),
  createRuntime: nonzero(list(hook)),
  createContainer: nonzero(list(hook)),
  startContainer: nonzero(list(hook)),
  poststart: nonzero(list(hook)),
  poststop: nonzero(list(hook)),
});

export const root = struct({ path: always('string'), readonly: nonzero('bool') });

/** `Spec` of runtime-spec 1.2.1 (specs-go/config.go), the release that ctr 2.1 is built with. */
export const spec = struct({
  ociVersion: always('string'),
  process: set(process),
  root: set(root),
  hostname: nonzero('string'),
  domainname: nonzero('string'),
  mounts: nonzero(list(mount)),
  hooks: set(hooks),
  annotations: nonzero(dict('string')),
  linux: set(linux),
  solaris: set(solaris),
  windows: set(windows),
  vm: set(vm),
  zos: set(zos),
});

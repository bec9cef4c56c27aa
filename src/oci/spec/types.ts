import type { Value } from './go-struct.js';
import type * as linux from './structs/linux.js';
import type * as process from './structs/process.js';
import type * as resources from './structs/resources.js';
import type * as seccomp from './structs/seccomp.js';
import type * as spec from './structs/spec.js';

/** The OCI runtime spec; the structs of it are named as in the specification. Units are the specification's. */
export type Spec = Value<typeof spec.spec>;
export type Process = Value<typeof process.process>;
export type User = Value<typeof process.user>;
export type Capabilities = Value<typeof process.capabilities>;
export type Rlimit = Value<typeof process.rlimit>;
export type Root = Value<typeof spec.root>;
export type Mount = Value<typeof spec.mount>;
export type Hook = Value<typeof spec.hook>;
export type Linux = Value<typeof linux.linux>;
export type LinuxNamespace = Value<typeof linux.namespace>;
export type LinuxDevice = Value<typeof linux.device>;
export type IdMapping = Value<typeof linux.idMapping>;
export type Resources = Value<typeof resources.resources>;
export type DeviceRule = Value<typeof resources.deviceRule>;
export type Cpu = Value<typeof resources.cpu>;
export type BlockIO = Value<typeof resources.blockIO>;
export type Seccomp = Value<typeof seccomp.seccomp>;
export type SyscallRule = Value<typeof seccomp.syscallRule>;

/** A spec for Linux, as {@link file://./default.ts} starts it: the parts that every option may change are there. */
export type LinuxSpec = Spec & {
  readonly process: Process & { readonly capabilities: Capabilities };
  readonly root: Root;
  readonly mounts: readonly Mount[];
  readonly linux: Linux & { readonly resources: Resources };
};

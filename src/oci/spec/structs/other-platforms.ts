import { always, list, nonzero, set, struct } from '../go-struct.js';
import { namespace } from './linux.js';

const anet = struct({
  linkname: nonzero('string'),
  lowerLink: nonzero('string'),
  allowedAddress: nonzero('string'),
  configureAllowedAddress: nonzero('string'),
  defrouter: nonzero('string'),
  linkProtection: nonzero('string'),
  macAddress: nonzero('string'),
});

/** `Solaris` of runtime-spec 1.2.1. */
export const solaris = struct({
  milestone: nonzero('string'),
  limitpriv: nonzero('string'),
  maxShmMemory: nonzero('string'),
  anet: nonzero(list(anet)),
  cappedCPU: set(struct({ ncpus: nonzero('string') })),
  cappedMemory: set(struct({ physical: nonzero('string'), swap: nonzero('string') })),
});

const program = { path: always('string'), parameters: nonzero(list('string')) } as const;

/** `VM` of runtime-spec 1.2.1. Its structs have omitempty, which Go does not apply to structs. */
export const vm = struct({
  hypervisor: always(struct(program)),
  kernel: always(struct({ ...program, initrd: nonzero('string') })),
  image: always(struct({ path: always('string'), format: always('string') })),
});

/** `ZOS` of runtime-spec 1.2.1. */
export const zos = struct({ namespaces: nonzero(list(namespace)) });

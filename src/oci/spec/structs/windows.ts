import { always, list, nonzero, set, struct } from '../go-struct.js';

const affinity = struct({ mask: nonzero('uint64'), group: nonzero('uint32') });

const cpu = struct({
  count: set('uint64'),
  shares: set('uint16'),
  maximum: set('uint16'),
  affinity: nonzero(list(affinity)),
});

const storage = struct({ iops: set('uint64'), bps: set('uint64'), sandboxSize: set('uint64') });

const network = struct({
  endpointList: nonzero(list('string')),
  allowUnqualifiedDNSQuery: nonzero('bool'),
  DNSSearchList: nonzero(list('string')),
  networkSharedContainerName: nonzero('string'),
  networkNamespace: nonzero('string'),
});

/** `Windows` of runtime-spec 1.2.1. */
export const windows = struct({
  layerFolders: always(list('string')),
  devices: nonzero(list(struct({ id: always('string'), idType: always('string') }))),
  resources: set(
    struct({ memory: set(struct({ limit: set('uint64') })), cpu: set(cpu), storage: set(storage) }),
  ),
  credentialSpec: set('any'),
  servicing: nonzero('bool'),
  ignoreFlushesDuringBoot: nonzero('bool'),
  hyperv: set(struct({ utilityVMPath: nonzero('string') })),
  network: set(network),
});

import {
  IntrospectionDefinition,
  type DeprecationWarning,
  type Plugin,
} from '../../../src/gen/services/introspection/v1/introspection.js';
import { fieldsOf, matcher } from './filter.js';
import { service, type FakeService } from './handlers.js';

/** What a daemon tells of itself. */
export interface Introspected {
  readonly uuid: string;
  readonly plugins: readonly Plugin[];
  readonly deprecations: readonly DeprecationWarning[];
}

const platforms = [{ os: 'linux', architecture: 'amd64', variant: '', osVersion: '', osFeatures: [] }];

/** A plugin that works. */
export function plugin(type: string, id: string, more: Partial<Plugin> = {}): Plugin {
  const rest = {
    requires: [],
    platforms: [],
    exports: new Map<string, string>(),
    capabilities: [],
    initErr: undefined,
  };
  return { type, id, ...rest, ...more };
}

/** The plugins that a daemon has whatever its release. */
export const plugins: readonly Plugin[] = [
  plugin('io.containerd.content.v1', 'content'),
  plugin('io.containerd.snapshotter.v1', 'native', { platforms }),
  plugin('io.containerd.snapshotter.v1', 'overlayfs', { platforms, capabilities: ['remap-ids'] }),
  plugin('io.containerd.snapshotter.v1', 'zfs', {
    initErr: { code: 2, message: 'path must be a zfs filesystem: skip plugin', details: [] },
  }),
  plugin('io.containerd.grpc.v1', 'containers'),
  plugin('io.containerd.grpc.v1', 'images'),
  plugin('io.containerd.grpc.v1', 'tasks'),
];

/** containerd.services.introspection.v1.Introspection. */
export function introspection(told: () => Introspected): FakeService {
  return service(IntrospectionDefinition, {
    plugins({ filters }) {
      const matches = matcher(filters);
      return { plugins: told().plugins.filter(({ type, id }) => matches(fieldsOf({ type, id }))) };
    },
    server: () => ({ uuid: told().uuid, pid: 4242n, pidns: 4026531836n, deprecations: told().deprecations }),
  });
}

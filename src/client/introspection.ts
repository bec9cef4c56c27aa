import {
  IntrospectionDefinition as service,
  type Plugin,
  type ServerResponse,
} from '../gen/services/introspection/v1/introspection.js';
import type { CallOptions, Caller } from './call.js';

export type { Plugin, ServerResponse };

/** containerd.services.introspection.v1.Introspection. */
export class Introspection {
  private all: Promise<readonly Plugin[]> | undefined;

  constructor(private readonly caller: Caller) {}

  /** Introspection.Plugins; filters are joined by OR. */
  async plugins(filters: readonly string[] = [], options?: CallOptions): Promise<readonly Plugin[]> {
    return (await this.caller.unary(service, service.methods.plugins, { filters }, options)).plugins;
  }

  /** Introspection.Server: who the daemon is, and what it will not support for long. */
  async server(options?: CallOptions): Promise<ServerResponse> {
    return this.caller.unary(service, service.methods.server, {}, options);
  }

  /** Whether the daemon has a working plugin of this type and id; the list is asked for once. */
  async has(type: string, id: string, options?: CallOptions): Promise<boolean> {
    this.all ??= this.plugins([], options);
    return (await this.all).some((plugin) => plugin.type === type && plugin.id === id && !plugin.initErr);
  }

  /** The snapshotter's capabilities, such as `remap-ids`. */
  async snapshotterCapabilities(snapshotter: string, options?: CallOptions): Promise<readonly string[]> {
    this.all ??= this.plugins([], options);
    const found = (await this.all).find(
      (plugin) => plugin.type === 'io.containerd.snapshotter.v1' && plugin.id === snapshotter,
    );
    return found?.capabilities ?? [];
  }
}

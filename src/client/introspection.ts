import {
  IntrospectionDefinition as service,
  type Plugin,
  type ServerResponse,
} from '../gen/services/introspection/v1/introspection.js';
import { RuntimeInfo, RuntimeRequest } from '../gen/types/introspection.js';
import type { CallOptions, Caller } from './call.js';
import { ContainerdError } from './errors.js';
import { pack, unpack, type Any } from './typeurl.js';

export type { Plugin, RuntimeInfo, ServerResponse };

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

  /** Introspection.PluginInfo of the runtime plugin (2.0 and later): what a runtime's shim says of itself. */
  async runtimeInfo(runtime: string, options: Any | undefined, call?: CallOptions): Promise<RuntimeInfo> {
    const request = {
      type: 'io.containerd.runtime.v2',
      id: 'task',
      options: pack(RuntimeRequest, { runtimePath: runtime, options }),
    };
    const { extra } = await this.caller.unary(service, service.methods.pluginInfo, request, call);
    const info = unpack(RuntimeInfo, extra);
    if (!info) throw new ContainerdError('internal', `the daemon says nothing of the runtime ${runtime}`);
    return info;
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

import { LeasesDefinition as service, type Lease } from '../gen/services/leases/v1/leases.js';
import type { CallOptions, Caller } from './call.js';

export type { Lease };

/** containerd.services.leases.v1.Leases. */
export class Leases {
  constructor(private readonly caller: Caller) {}

  /** Leases.Create. @throws ContainerdError 'already exists'. */
  async create(id: string, labels: ReadonlyMap<string, string>, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.create, { id, labels }, options);
  }

  /** Leases.Delete; `sync` waits for the collector. @throws ContainerdError 'not found'. */
  async delete(id: string, options: CallOptions & { readonly sync?: boolean } = {}): Promise<void> {
    await this.caller.unary(service, service.methods.delete, { id, sync: options.sync ?? false }, options);
  }

  /** Leases.List. */
  async list(filters: readonly string[] = [], options?: CallOptions): Promise<readonly Lease[]> {
    return (await this.caller.unary(service, service.methods.list, { filters }, options)).leases;
  }
}

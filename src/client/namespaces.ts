import { NamespacesDefinition as service, type Namespace } from '../gen/services/namespaces/v1/namespace.js';
import type { CallOptions, Caller } from './call.js';
import { ContainerdError } from './errors.js';

export type { Namespace };

type Labels = ReadonlyMap<string, string>;

/** containerd.services.namespaces.v1.Namespaces. */
export class Namespaces {
  constructor(private readonly caller: Caller) {}

  /** Namespaces.List, in the order of their names, each with its labels. */
  async list(options?: CallOptions): Promise<readonly Namespace[]> {
    return (await this.caller.unary(service, service.methods.list, { filter: '' }, options)).namespaces;
  }

  /** Namespaces.Get. @throws ContainerdError 'not found'. */
  async get(name: string, options?: CallOptions): Promise<Namespace> {
    const { namespace } = await this.caller.unary(service, service.methods.get, { name }, options);
    if (!namespace)
      throw new ContainerdError(
        'internal',
        `containerd answered without the namespace ${JSON.stringify(name)}`,
      );
    return namespace;
  }

  /** Namespaces.Create. @throws ContainerdError 'already exists', 'invalid argument'. */
  async create(name: string, labels: Labels, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.create, { namespace: { name, labels } }, options);
  }

  /** Namespaces.Update of one label; an empty value removes it. */
  async setLabel(name: string, key: string, value: string, options?: CallOptions): Promise<void> {
    const namespace = { name, labels: new Map([[key, value]]) };
    await this.caller.unary(
      service,
      service.methods.update,
      { namespace, updateMask: [`labels.${key}`] },
      options,
    );
  }

  /** Namespaces.Delete. @throws ContainerdError 'not found', 'failed precondition' where it is not empty. */
  async delete(name: string, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.delete, { name }, options);
  }
}

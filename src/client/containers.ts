import { ContainersDefinition as service, type Container } from '../gen/services/containers/v1/containers.js';
import { hasKind } from '../oci/errors.js';
import type { CallOptions, Caller } from './call.js';
import { ContainerdError } from './errors.js';

export type { Container };

/** containerd.services.containers.v1.Containers. */
export class Containers {
  constructor(private readonly caller: Caller) {}

  /** Containers.Get. @throws ContainerdError 'not found'. */
  async get(id: string, options?: CallOptions): Promise<Container> {
    const { container } = await this.caller.unary(service, service.methods.get, { id }, options);
    return present(container, id);
  }

  /** Containers.List, or ListStream where the answer would not fit one message. */
  async list(filters: readonly string[] = [], options?: CallOptions): Promise<readonly Container[]> {
    try {
      return (await this.caller.unary(service, service.methods.list, { filters }, options)).containers;
    } catch (error) {
      if (!hasKind(error, 'resource exhausted')) throw error;
    }
    const containers: Container[] = [];
    for await (const { container } of this.caller.stream(
      service,
      service.methods.listStream,
      { filters },
      options,
    )) {
      if (container) containers.push(container);
    }
    return containers;
  }

  /** Containers.Create. @throws ContainerdError 'already exists', 'invalid argument'. */
  async create(container: Container, options?: CallOptions): Promise<Container> {
    const response = await this.caller.unary(service, service.methods.create, { container }, options);
    return present(response.container, container.id);
  }

  /** Containers.Update of the named fields; none named means all, of which some are immutable. */
  async update(container: Container, fields: readonly string[], options?: CallOptions): Promise<Container> {
    const request = { container, updateMask: fields.length > 0 ? fields : undefined };
    const response = await this.caller.unary(service, service.methods.update, request, options);
    return present(response.container, container.id);
  }

  /** Containers.Delete: the record only, neither task nor snapshot. @throws ContainerdError 'not found'. */
  async delete(id: string, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.delete, { id }, options);
  }
}

function present(container: Container | undefined, id: string): Container {
  if (!container)
    throw new ContainerdError('internal', `containerd answered without the container ${JSON.stringify(id)}`);
  return container;
}

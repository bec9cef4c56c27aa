import { LeasesDefinition } from '../../../src/gen/services/leases/v1/leases.js';
import { fieldsOf, matcher } from './filter.js';
import { service, type FakeService } from './handlers.js';
import { alreadyExists, notFound } from './refusal.js';
import type { HeldLease, State } from './state.js';

/** containerd.services.leases.v1.Leases. There is no collector: what a lease has kept stays. */
export function leases(state: State): FakeService {
  let made = 0;
  const found = (namespace: string, id: string): HeldLease => {
    const lease = state.read(namespace).leases.get(id);
    if (!lease) throw notFound(`lease "${id}": not found`);
    return lease;
  };
  return service(LeasesDefinition, {
    create({ id: given, labels }, { namespace }) {
      const bucket = state.write(namespace);
      const id = given === '' ? `${process.pid}-${++made}` : given;
      if (bucket.leases.has(id)) throw alreadyExists(`lease "${id}": already exists`);
      const lease = { id, labels, createdAt: state.clock(), resources: [] };
      bucket.leases.set(id, lease);
      return { lease };
    },
    delete({ id }, { namespace }) {
      found(namespace, id);
      state.read(namespace).leases.delete(id);
      return {};
    },
    list({ filters }, { namespace }) {
      const matches = matcher(filters);
      const all = [...state.read(namespace).leases.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
      return { leases: all.filter(({ id, labels }) => matches(fieldsOf({ id }, { labels }))) };
    },
    addResource({ id, resource }, { namespace }) {
      if (resource) found(namespace, id).resources.push(resource);
      return {};
    },
    deleteResource({ id, resource }, { namespace }) {
      const { resources } = found(namespace, id);
      const at = resources.findIndex((held) => held.id === resource?.id && held.type === resource.type);
      if (at >= 0) resources.splice(at, 1);
      return {};
    },
    listResources: ({ id }, { namespace }) => ({ resources: found(namespace, id).resources }),
  });
}

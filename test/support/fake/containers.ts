import { ContainersDefinition, type Container } from '../../../src/gen/services/containers/v1/containers.js';
import type { Any } from '../../../src/gen/google/protobuf/any.js';
import { fieldsOf, matcher } from './filter.js';
import { service, type FakeService } from './handlers.js';
import { checkIdentifier, checkLabels } from './identifiers.js';
import { alreadyExists, invalidArgument, notFound } from './refusal.js';
import type { State } from './state.js';
import { maskedLabels, maskedMap } from './update-mask.js';

const mutable = ['labels', 'spec', 'extensions', 'image', 'snapshotkey'];

/** containerd.services.containers.v1.Containers. */
export function containers(state: State): FakeService {
  const list = (namespace: string, filters: readonly string[]): Container[] => {
    const matches = matcher(filters);
    const all = [...state.read(namespace).containers.values()];
    return all
      .filter((container) => matches(containerFields(container)))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  return service(ContainersDefinition, {
    get({ id }, { namespace }) {
      const container = state.read(namespace).containers.get(id);
      if (!container) throw notFound(`container "${id}" in namespace "${namespace}": not found`);
      return { container };
    },
    list: ({ filters }, { namespace }) => ({ containers: list(namespace, filters) }),
    async *listStream({ filters }, { namespace }) {
      for (const container of list(namespace, filters)) yield await Promise.resolve({ container });
    },
    create({ container }, { namespace }) {
      const given = checked(container, 'create container failed validation: ');
      const bucket = state.write(namespace);
      if (bucket.containers.has(given.id)) throw alreadyExists(`container "${given.id}": already exists`);
      const now = state.clock();
      const created = { ...given, createdAt: now, updatedAt: now };
      bucket.containers.set(given.id, created);
      return { container: created };
    },
    update({ container, updateMask = [] }, { namespace }) {
      const bucket = state.write(namespace);
      const former = bucket.containers.get(container?.id ?? '');
      if (!container || !former) throw notFound(`container "${container?.id ?? ''}": not found`);
      const updated = { ...merged(former, container, updateMask), updatedAt: state.clock() };
      checked(updated, 'update failed validation: ');
      bucket.containers.set(former.id, updated);
      return { container: updated };
    },
    delete({ id }, { namespace }) {
      if (!state.read(namespace).containers.delete(id)) throw notFound(`container ${id}: not found`);
      return {};
    },
  });
}

function checked(container: Container | undefined, context: string): Container {
  if (!container) throw invalidArgument(`${context}container must be set: invalid argument`);
  checkIdentifier(container.id, `${context}container.ID: `);
  checkLabels(container.labels, `${context}containers.Labels`);
  if (!container.runtime?.name)
    throw invalidArgument(`${context}container.Runtime.Name must be set: invalid argument`);
  if (container.snapshotKey !== '' && container.snapshotter === '') {
    throw invalidArgument(
      `${context}container.Snapshotter must be set if container.SnapshotKey is set: invalid argument`,
    );
  }
  return container;
}

function merged(former: Container, given: Container, mask: readonly string[]): Container {
  const wrong = mask.find((path) => !mutable.includes(path.split('.', 1)[0] ?? ''));
  if (wrong !== undefined)
    throw invalidArgument(`cannot update "${wrong}" field on "${former.id}": invalid argument`);
  if (mask.length === 0) {
    const fixed = (field: string): Error =>
      invalidArgument(`container.${field} field is immutable: invalid argument`);
    if (given.snapshotter !== former.snapshotter) throw fixed('Snapshotter');
    if (given.runtime?.name !== former.runtime?.name) throw fixed('Runtime.Name');
    return { ...given, createdAt: former.createdAt, runtime: former.runtime };
  }
  const has = (field: string): boolean => mask.includes(field);
  const none = (any: Any | undefined): boolean => any === undefined;
  return {
    ...former,
    labels: maskedLabels(former.labels, given.labels, mask),
    extensions: maskedMap(former.extensions, given.extensions, 'extensions', mask, none),
    spec: has('spec') ? given.spec : former.spec,
    image: has('image') ? given.image : former.image,
    snapshotKey: has('snapshotkey') ? given.snapshotKey : former.snapshotKey,
  };
}

function containerFields({ id, image, labels, runtime }: Container) {
  return ([head = '', ...rest]: readonly string[]): string | undefined =>
    head === 'runtime'
      ? fieldsOf({ name: runtime?.name ?? '' })(rest)
      : fieldsOf({ id, image }, { labels })([head, ...rest]);
}

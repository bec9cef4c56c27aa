import { NamespacesDefinition } from '../../../src/gen/services/namespaces/v1/namespace.js';
import { service, type FakeService } from './handlers.js';
import { checkIdentifier, checkLabels } from './identifiers.js';
import { alreadyExists, failedPrecondition, invalidArgument, notFound } from './refusal.js';
import type { Bucket, State } from './state.js';
import { maskedLabels } from './update-mask.js';

/** containerd.services.namespaces.v1.Namespaces. */
export function namespaces(state: State): FakeService {
  return service(NamespacesDefinition, {
    // ctr: `ctr namespace label new a=b` works as a namespace that nobody made reads as an empty one.
    get: ({ name }) => ({ namespace: { name, labels: state.read(name).labels } }),
    list: () => ({
      namespaces: [...state.namespaces].map(([name, { labels }]) => ({ name, labels })).sort(byName),
    }),
    create({ namespace }) {
      const { name, labels } = namespace ?? { name: '', labels: new Map() };
      checkIdentifier(name);
      checkLabels(labels, 'namespace.Labels');
      if (state.namespaces.has(name)) throw alreadyExists(`namespace "${name}": already exists`);
      state.write(name).labels = labels;
      return { namespace: { name, labels } };
    },
    update({ namespace, updateMask = [] }) {
      const { name, labels } = namespace ?? { name: '', labels: new Map() };
      const wrong = updateMask.find((path) => path !== 'labels' && !path.startsWith('labels.'));
      if (wrong !== undefined)
        throw invalidArgument(`cannot update "${wrong}" field on namespace "${name}": invalid argument`);
      checkLabels(labels, 'namespace.Labels', 'lost');
      const bucket = state.write(name);
      bucket.labels = maskedLabels(bucket.labels, labels, updateMask);
      return { namespace: { name, labels: bucket.labels } };
    },
    delete({ name }) {
      const bucket = state.namespaces.get(name);
      if (!bucket) throw notFound(`namespace "${name}": not found`);
      const held = holdings(bucket);
      if (held.length > 0) {
        throw failedPrecondition(
          `namespace "${name}" must be empty, but it still has ${held.join(', ')}: failed precondition`,
        );
      }
      state.namespaces.delete(name);
      return {};
    },
  });
}

/** What keeps a namespace from going; leases and ingests do not. */
function holdings({ images, blobs, containers, snapshots }: Bucket): string[] {
  return [
    ...(images.size > 0 ? ['images'] : []),
    ...(blobs.size > 0 ? ['blobs'] : []),
    ...(containers.size > 0 ? ['containers'] : []),
    ...[...snapshots]
      .filter(([, kept]) => kept.size > 0)
      .map(([name]) => `snapshots on "${name}" snapshotter`),
  ];
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  a.name < b.name ? -1 : 1;

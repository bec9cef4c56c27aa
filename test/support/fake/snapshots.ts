import { Kind, SnapshotsDefinition } from '../../../src/gen/services/snapshots/v1/snapshots.js';
import type { Mount } from '../../../src/gen/types/mount.js';
import { fieldsOf, matcher } from './filter.js';
import { service, type Context, type FakeService } from './handlers.js';
import { alreadyExists, failedPrecondition, invalidArgument, notFound } from './refusal.js';
import type { Snapshot, State } from './state.js';
import { maskedLabels } from './update-mask.js';

interface NewSnapshot {
  readonly snapshotter: string;
  readonly key: string;
  readonly parent: string;
  readonly labels: ReadonlyMap<string, string>;
}

/** containerd.services.snapshots.v1.Snapshots: names, kinds and parents, with an empty folder for each layer. */
export function snapshots(state: State): FakeService {
  const open = (namespace: string, snapshotter: string): Map<string, Snapshot> => {
    if (snapshotter === '') throw invalidArgument('snapshotter argument missing: invalid argument');
    if (!state.snapshotters.includes(snapshotter)) {
      throw invalidArgument(`snapshotter not loaded: ${snapshotter}: invalid argument`);
    }
    return state.read(namespace).snapshots.get(snapshotter) ?? new Map<string, Snapshot>();
  };
  const find = (namespace: string, snapshotter: string, key: string): Snapshot => {
    const snapshot = open(namespace, snapshotter).get(key);
    if (!snapshot) throw notFound(`snapshot ${key} does not exist: not found`);
    return snapshot;
  };
  const make = (kind: Kind, request: NewSnapshot, { namespace, lease }: Context) => {
    const { snapshotter, key, parent, labels } = request;
    const all = open(namespace, snapshotter);
    const below = parent === '' ? undefined : all.get(parent);
    if (parent !== '' && !below) throw notFound(`parent snapshot ${parent} does not exist: not found`);
    if (all.has(key)) throw alreadyExists(`snapshot "${key}": already exists`);
    if (below && below.kind !== Kind.COMMITTED) {
      throw invalidArgument(
        `failed to create snapshot: parent "${parent}" is not committed snapshot: invalid argument`,
      );
    }
    const bucket = state.write(namespace);
    state.keep(bucket, lease, { id: key, type: `snapshots/${snapshotter}` });
    const now = state.clock();
    const made = { name: key, parent, kind, createdAt: now, updatedAt: now, labels, layer: state.newLayer() };
    all.set(key, made);
    bucket.snapshots.set(snapshotter, all);
    return { mounts: mountsOf(snapshotter, made, all) };
  };
  return service(SnapshotsDefinition, {
    prepare: (request, context) => make(Kind.ACTIVE, request, context),
    view: (request, context) => make(Kind.VIEW, request, context),
    mounts({ snapshotter, key }, { namespace }) {
      const snapshot = find(namespace, snapshotter, key);
      if (snapshot.kind === Kind.COMMITTED) {
        const words =
          snapshotter === 'native' ? 'failed to get snapshot mount' : 'failed to get active mount';
        throw failedPrecondition(
          `${words}: requested snapshot ${key} not active or view: failed precondition`,
        );
      }
      return { mounts: mountsOf(snapshotter, snapshot, open(namespace, snapshotter)) };
    },
    commit({ snapshotter, name, key, labels }, { namespace, lease }) {
      const snapshot = find(namespace, snapshotter, key);
      const all = open(namespace, snapshotter);
      if (all.has(name)) throw alreadyExists(`snapshot "${name}": already exists`);
      if (snapshot.kind !== Kind.ACTIVE) {
        throw failedPrecondition(
          `failed to commit snapshot: snapshot "${key}" is not active: failed precondition`,
        );
      }
      state.keep(state.write(namespace), lease, { id: name, type: `snapshots/${snapshotter}` });
      all.delete(key);
      all.set(name, { ...snapshot, name, labels, kind: Kind.COMMITTED, updatedAt: state.clock() });
      return {};
    },
    remove({ snapshotter, key }, { namespace }) {
      find(namespace, snapshotter, key);
      const all = open(namespace, snapshotter);
      if ([...all.values()].some(({ parent }) => parent === key)) {
        throw failedPrecondition('cannot remove snapshot with child: failed precondition');
      }
      all.delete(key);
      return {};
    },
    stat: ({ snapshotter, key }, { namespace }) => ({ info: find(namespace, snapshotter, key) }),
    update({ snapshotter, info, updateMask = [] }, { namespace }) {
      const former = find(namespace, snapshotter, info?.name ?? '');
      const labels = maskedLabels(former.labels, info?.labels ?? new Map(), updateMask);
      const updated = { ...former, labels, updatedAt: state.clock() };
      open(namespace, snapshotter).set(former.name, updated);
      return { info: updated };
    },
    async *list({ snapshotter, filters }, { namespace }) {
      const matches = matcher(filters);
      const all = [...open(namespace, snapshotter).values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const info = all.filter((snapshot) => matches(snapshotFields(snapshot)));
      if (info.length > 0) yield await Promise.resolve({ info });
    },
    usage({ snapshotter, key }, { namespace }) {
      find(namespace, snapshotter, key);
      return { size: 4096n, inodes: 1n };
    },
    cleanup: () => ({}),
  });
}

function mountsOf(snapshotter: string, snapshot: Snapshot, all: ReadonlyMap<string, Snapshot>): Mount[] {
  const lower: string[] = [];
  for (let below = all.get(snapshot.parent); below; below = all.get(below.parent)) lower.push(below.layer);
  const { kind, layer } = snapshot;
  const own = kind === Kind.VIEW ? [] : [layer];
  if (snapshotter === 'native' || own.length + lower.length < 2) {
    const source = own[0] ?? lower[0] ?? layer;
    return [{ type: 'bind', source, target: '', options: [kind === Kind.VIEW ? 'ro' : 'rw', 'rbind'] }];
  }
  const work = own.length > 0 ? [`workdir=${layer.replace(/fs$/, 'work')}`, `upperdir=${layer}`] : [];
  return [
    { type: 'overlay', source: 'overlay', target: '', options: [...work, `lowerdir=${lower.join(':')}`] },
  ];
}

function snapshotFields({ name, parent, kind, labels }: Snapshot) {
  const kinds: Readonly<Record<number, string>> = {
    [Kind.VIEW]: 'view',
    [Kind.ACTIVE]: 'active',
    [Kind.COMMITTED]: 'committed',
  };
  return fieldsOf({ name, parent, kind: kinds[kind] ?? '' }, { labels });
}

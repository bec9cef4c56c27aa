import { randomBytes } from 'node:crypto';
import type { Client } from '../client/client.js';
import { cancellation } from '../client/errors.js';
import { changeOwners } from '../host/change-owners.js';
import { mountPrivately } from '../host/private-mount.js';
import { hasKind, KindError } from '../oci/errors.js';
import type { UserNamespace } from '../oci/spec/id-mappings.js';
import { formatMappings, hostId, remappedName } from '../oci/spec/owner-map.js';
import { ignoreNotFound } from './gone.js';
import { undone } from './undo.js';
import { uninterrupted } from './uninterrupted.js';

/** A snapshot whose files are to belong to a user namespace's ids. */
export interface RemapOptions {
  /** Under a lease. */
  readonly client: Client;
  readonly snapshotter: string;
  readonly parent: string;
  readonly mapping: UserNamespace;
  readonly signal: AbortSignal;
}

/** The labels that ask a snapshotter to map ids itself. */
export function mappingLabels({ uidMappings, gidMappings }: UserNamespace): ReadonlyMap<string, string> {
  return new Map([
    ['containerd.io/snapshot/uidmapping', formatMappings(uidMappings)],
    ['containerd.io/snapshot/gidmapping', formatMappings(gidMappings)],
  ]);
}

/**
 * Makes the snapshot that has a parent's files for the mapped owners (Snapshots.Prepare, Snapshots.Commit), and gives its
 * name; one that is there already serves. A failure leaves none.
 * @throws KindError 'invalid argument' for a file whose owner the mapping leaves out
 */
export async function remapSnapshot(options: RemapOptions): Promise<string> {
  const { client, snapshotter, parent, mapping } = options;
  const name = remappedName(parent, mapping);
  const snapshots = client.snapshots(snapshotter);
  if (await isThere(options, name)) return name;
  const key = `${name}-remap-${randomBytes(6).toString('base64url')}`;
  const mounts = await snapshots.prepare(key, parent, new Map(), uninterrupted);
  try {
    const [mount] = mounts;
    if (mount === undefined || mounts.length > 1) {
      throw new KindError('not implemented', `cannot change a snapshot of ${mounts.length} mounts`);
    }
    const { root, release } = await mountPrivately(mount, options.signal, 'write');
    try {
      await changeOwners(
        root,
        ({ uid, gid }) => ({ uid: hostId(uid, mapping.uidMappings), gid: hostId(gid, mapping.gidMappings) }),
        options.signal,
      );
    } finally {
      await release();
    }
    await snapshots.commit(name, key);
    return name;
  } catch (error) {
    await undone(client.forCleanup().snapshots(snapshotter).remove(key).catch(ignoreNotFound));
    if (hasKind(error, 'already exists')) return name; // somebody else was quicker
    throw options.signal.aborted ? cancellation(options.signal) : error;
  }
}

async function isThere({ client, snapshotter }: RemapOptions, name: string): Promise<boolean> {
  try {
    await client.snapshots(snapshotter).stat(name);
    return true;
  } catch (error) {
    ignoreNotFound(error);
    return false;
  }
}

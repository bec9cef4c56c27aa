import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Client } from '../client/client.js';
import { cancellation } from '../client/errors.js';
import type { Mount } from '../client/snapshots.js';
import { SnapshotKind } from '../client/snapshots.js';
import { countMounts } from '../host/mount-table.js';
import type { Platform } from '../oci/descriptor.js';
import type { Digest } from '../oci/digest.js';
import { hasKind, KindError, prefixed } from '../oci/errors.js';
import { imageForPlatform } from './image-for-platform.js';
import { forget, note, type Taken } from './journal.js';
import { expiryLabel, releaseLease } from './lease.js';
import { mountOn, unmountFrom } from './mount.js';
import { takeMountBack, type TakenMount } from './take-mount-back.js';
import { uninterrupted } from './uninterrupted.js';
import { unpackImage } from './unpack-image.js';

/** An image, and the folder to mount it on. */
export interface MountImageOptions {
  readonly client: Client;
  readonly ref: string;
  readonly platform: Platform;
  /** As the user wrote it: it is the name of the snapshot and the lease, too. */
  readonly target: string;
  readonly snapshotter: string;
  readonly writable: boolean;
  /** Milliseconds until the lease goes by itself, and with it the snapshot; 0 for never. */
  readonly expiration: number;
  readonly syncFs: boolean;
  readonly signal: AbortSignal;
  /** Told before the mount is made. */
  readonly onChainId: (chainId: Digest) => void;
}

/**
 * Mounts an image on a folder (Leases.Create, Snapshots.View or Prepare, mount(8)): the lease and the snapshot are named by
 * the target, and stay with the mount. A failure or an interruption leaves neither of the three.
 * @throws KindError 'not found' for the image or the folder; 'already exists' where the target's snapshot is another one's
 */
export async function mountImage(options: MountImageOptions): Promise<void> {
  const { client, target } = options;
  // Before the lease, which would make a namespace that is not there yet.
  const reading = imageForPlatform(client, options.ref, options.platform);
  reading.catch(() => undefined); // it is awaited below; a name that leads nowhere is told first
  await client.images.get(options.ref);
  const image = await reading.catch(unpackingFailed);
  const folder = realFolder(target);
  await underLease(options, async (leased, lease) => {
    const chainId = await unpackImage({
      client: leased,
      snapshotter: options.snapshotter,
      image,
      syncFs: options.syncFs,
    }).catch(unpackingFailed);
    options.onChainId(chainId);
    await mountSnapshot(leased, { ...options, folder, chainId, lease });
  });
}

/** Takes away what {@link mountImage} has put on a target, and with `remove` the lease and the snapshot. */
export async function unmountImage(
  client: Client,
  options: { readonly target: string; readonly snapshotter: string; readonly remove: boolean },
): Promise<void> {
  const { target, remove } = options;
  const folder = realPath(target);
  if (folder !== undefined) await unmountFrom(folder);
  if (!remove) return;
  // The snapshot first: the collector, which the end of the lease wakes, would forget to tell its parent of it.
  await client.snapshots(options.snapshotter).remove(target).catch(ignoreGone);
  await client.leases.delete(target).catch(ignoreGone);
}

/** Works under the lease that is named by the target; one that was not there before goes if the work fails. */
async function underLease(
  { client, target, snapshotter, expiration }: MountImageOptions,
  work: (leased: Client, lease: Taken) => Promise<void>,
): Promise<void> {
  const labels = new Map([[`containerd.io/gc.ref.snapshot.${snapshotter}`, target]]);
  if (expiration > 0) labels.set(...expiryLabel(expiration));
  const { address, namespace } = client;
  const lease: Taken = { kind: 'lease', address, namespace, id: target };
  note(lease);
  let ours = true;
  try {
    await client.leases.create(target, labels, uninterrupted).catch((error: unknown) => {
      if (!hasKind(error, 'already exists')) throw error;
      ours = false;
      forget(lease);
    });
    await work(client.within({ lease: target }), lease);
  } catch (error) {
    if (ours) await releaseLease(client, target);
    throw error;
  } finally {
    forget(lease);
  }
}

interface MountSnapshotOptions extends MountImageOptions {
  readonly folder: string;
  readonly chainId: Digest;
  /** As the journal has it. */
  readonly lease: Taken;
}

async function mountSnapshot(leased: Client, options: MountSnapshotOptions): Promise<void> {
  const { snapshotter, target, folder, lease, signal } = options;
  const { address, namespace } = leased;
  const found = await existing(leased, options);
  const own = { id: target, snapshotter: found ? '' : snapshotter };
  const depth = countMounts(folder);
  const taken: TakenMount = { kind: 'mount', address, namespace, ...own, target: folder, depth };
  note(taken);
  try {
    if (signal.aborted) throw cancellation(signal);
    await mountOn(found ?? (await make(leased, options)), folder);
    // An interruption during the mount: mount(8) was waited for, so that it is known what there is to undo.
    if (signal.aborted) throw cancellation(signal);
  } catch (error) {
    await takeMountBack(leased.forCleanup(), taken);
    forget(taken);
    throw error;
  }
  // The mount stays, and the lease with it.
  forget(taken, lease);
}

/** The mounts of the target's snapshot, from a mount before; undefined if there is none. */
async function existing(
  leased: Client,
  { snapshotter, target, chainId, writable }: MountSnapshotOptions,
): Promise<readonly Mount[] | undefined> {
  const snapshots = leased.snapshots(snapshotter);
  const info = await snapshots.stat(target).catch((error: unknown) => {
    ignoreGone(error);
    return undefined;
  });
  if (!info) return undefined;
  const kind = writable ? SnapshotKind.ACTIVE : SnapshotKind.VIEW;
  if (info.parent !== chainId || info.kind !== kind) {
    const what = info.parent === chainId ? 'of the other kind, read-only or writable' : 'of another image';
    throw new KindError('already exists', `snapshot ${JSON.stringify(target)} is there already, ${what}`, {
      hint: `image unmount --rm ${target} takes it away`,
    });
  }
  return snapshots.mounts(target);
}

/** A snapshot for the target. An interrupted call could still be carried out, behind the clean-up. */
function make(
  leased: Client,
  { snapshotter, target, chainId, writable }: MountSnapshotOptions,
): Promise<readonly Mount[]> {
  const snapshots = leased.snapshots(snapshotter);
  return writable
    ? snapshots.prepare(target, chainId, new Map(), uninterrupted)
    : snapshots.view(target, chainId, new Map(), uninterrupted);
}

/** The folder to mount on. @throws KindError before anything is made of it */
function realFolder(target: string): string {
  const folder = realPath(target);
  if (folder === undefined) {
    throw new KindError('not found', `cannot mount on ${JSON.stringify(target)}: no such file or directory`, {
      hint: `mkdir -p ${target}`,
    });
  }
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new KindError('invalid argument', `cannot mount on ${JSON.stringify(target)}: not a directory`);
  }
  return folder;
}

function realPath(target: string): string | undefined {
  try {
    return realpathSync(target);
  } catch (error) {
    const missing = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'];
    if (missing.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    return resolve(target); // a dead file system is mounted on it, perhaps
  }
}

function unpackingFailed(error: unknown): never {
  throw prefixed('error unpacking image', error);
}

function ignoreGone(error: unknown): void {
  if (!hasKind(error, 'not found')) throw error;
}

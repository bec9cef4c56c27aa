import type { Client } from '../client/client.js';
import { mountingEnded } from '../host/mount-process.js';
import { hasKind } from '../oci/errors.js';
import type { Taken } from './journal.js';
import { mountPatience, unmountFrom } from './mount.js';

/** A mount as the journal has it. */
export type TakenMount = Extract<Taken, { kind: 'mount' }>;

/** Undoes a mount that could not be finished: what was put on the target, and the snapshot made for it. */
export async function takeMountBack(client: Client, taken: TakenMount): Promise<void> {
  await unmountFrom(taken.target, taken.depth);
  if (taken.snapshotter === '') return;
  try {
    await client.snapshots(taken.snapshotter).remove(taken.id);
  } catch (error) {
    if (!hasKind(error, 'not found')) throw error;
  }
}

/** The same for a tctr that was killed: its mount(8) may still be at work. */
export async function takeOrphanBack(client: Client, taken: TakenMount): Promise<void> {
  await mountingEnded(taken.target, mountPatience);
  return takeMountBack(client, taken);
}

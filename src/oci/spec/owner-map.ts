import { sha256Digest } from '../chain-id.js';
import { KindError } from '../errors.js';
import type { UserNamespace } from './id-mappings.js';
import type { IdMapping } from './types.js';

/** No user or group can have this number: to the kernel it is -1. */
const noId = 2 ** 32 - 1;

/**
 * The id on the host of an id in the container.
 * @throws KindError 'invalid argument' for one that the mappings leave out
 */
export function hostId(id: number, mappings: readonly IdMapping[]): number {
  for (const { containerID, hostID, size } of mappings) {
    if (containerID + size > noId) break; // as ctr: what overflows ends the search
    if (id < containerID || id >= containerID + size) continue;
    const found = hostID + (id - containerID);
    if (found >= noId) break;
    return found;
  }
  throw new KindError('invalid argument', `container ID ${id} cannot be mapped to a host ID`, {
    hint: 'a file of the image belongs to it: map more ids, such as 0:100000:65536',
  });
}

/** A mapping as labels and errors write it. */
export function formatMappings(mappings: readonly IdMapping[]): string {
  return mappings.map(({ containerID, hostID, size }) => `${containerID}:${hostID}:${size}`).join(',');
}

/** The name of the snapshot that has a parent's files for other owners: ctr finds it under the same one. */
export function remappedName(parent: string, { uidMappings, gidMappings }: UserNamespace): string {
  const map = { UidMap: uidMappings.toSorted(byId), GidMap: gidMappings.toSorted(byId) };
  return sha256Digest(JSON.stringify({ Parent: parent, IDMap: map }));
}

const byId = (a: IdMapping, b: IdMapping): number => a.containerID - b.containerID;

import { ctr, type Daemon, type Place } from './faults.js';
import { lab } from './lab.js';

/** The daemons to test, one row each for describe.each. */
export const daemonRows = () => lab().daemons.map((daemon) => [daemon.version, daemon] as const);

/** The lab's busybox, as pulled by {@link makePlace}. */
export const busybox = () => `${lab().registry}/library/busybox:latest`;

let made = 0;

/** Makes a namespace that nobody else uses, with busybox in it unless told otherwise. */
export async function makePlace(daemon: Daemon, topic: string, { empty = false } = {}): Promise<Place> {
  const place = { daemon, namespace: `${topic}-${process.pid}-${made++}` };
  await ctr(place, 'namespaces', 'create', place.namespace);
  if (!empty) await ctr(place, 'images', 'pull', '--plain-http', busybox());
  return place;
}

/** Removes a namespace and all that is in it, whatever state it is in. */
export async function removePlace(place: Place): Promise<void> {
  for (const id of words(await list(place, 'tasks', 'list', '--quiet'))) {
    await ctr(place, 'tasks', 'delete', '--force', id).catch(() => undefined);
  }
  for (const id of words(await list(place, 'containers', 'list', '--quiet'))) {
    await ctr(place, 'containers', 'delete', id).catch(() => undefined);
  }
  for (const id of words(await list(place, 'leases', 'list', '--quiet'))) {
    await ctr(place, 'leases', 'delete', '--sync', id).catch(() => undefined);
  }
  const images = words(await list(place, 'images', 'list', '--quiet'));
  if (images.length > 0) await ctr(place, 'images', 'delete', '--sync', ...images).catch(() => undefined);
  // A lease's end lets the collector take what was held by nothing else.
  for (let tries = 0; tries < 20 && !(await removed(place)); tries++) {
    for (const row of (await list(place, 'snapshots', 'list')).split('\n').slice(1)) {
      const [key] = words(row);
      if (key) await ctr(place, 'snapshots', 'delete', key).catch(() => undefined);
    }
    for (const digest of words(await list(place, 'content', 'list', '--quiet'))) {
      await ctr(place, 'content', 'delete', digest).catch(() => undefined);
    }
  }
}

async function removed(place: Place): Promise<boolean> {
  return ctr(place, 'namespaces', 'remove', place.namespace).then(
    () => true,
    () => false,
  );
}

const list = (place: Place, ...line: readonly string[]): Promise<string> =>
  ctr(place, ...line).catch(() => '');

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

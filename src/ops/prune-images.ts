import type { Client } from '../client/client.js';
import { ignoreNotFound } from './gone.js';

/** The label by which the kubelet's runtime keeps an image, such as that of pods' sandboxes. */
const pinned = 'io.cri-containerd.pinned';

/**
 * Deletes the names of images that no container is made of (Images.List, Containers.List, Images.Delete); the last
 * deletion waits for the collector. Pinned images stay.
 */
export async function pruneImages(client: Client, onDeleted: (name: string) => void): Promise<void> {
  const [images, containers] = await Promise.all([client.images.list(), client.containers.list()]);
  const used = new Set(containers.map(({ image }) => image));
  const names = images
    .filter(({ name, labels }) => !used.has(name) && labels.get(pinned) !== 'pinned')
    .map(({ name }) => name);
  for (const [place, name] of names.entries()) {
    await client.images.delete(name, { sync: place === names.length - 1 }).catch(ignoreNotFound);
    onDeleted(name);
  }
}

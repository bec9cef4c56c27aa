import type { Client } from '../client/client.js';
import { KindError } from '../oci/errors.js';
import { describeDockerImages, type DockerImage } from './docker-images.js';
import { findImage } from './find-image.js';

/** A line of what was done. */
export type Removal =
  { readonly kind: 'untagged'; readonly name: string } | { readonly kind: 'deleted'; readonly id: string };

/**
 * Removes a name of an image, or by its id all of them; the names by digest that are left go with the last
 * tag. The last deletion waits for the collector (Images.Delete, sync).
 * @throws KindError 'not found'; 'conflict' while a container is made of it, or an id has several names,
 * unless forced
 */
export async function removeImage(
  client: Client,
  options: { readonly word: string; readonly force: boolean },
): Promise<Removal[]> {
  const { word, force } = options;
  const found = await findImage(client, word);
  const all = await describeDockerImages(client, await client.images.list());
  const id =
    found.by === 'id' ? found.id : (all.find(({ image }) => image.name === found.image.name)?.id ?? '');
  const same = all.filter((row) => row.id === id);
  const tags = same.filter(isTag);
  const chosen = found.by === 'id' ? same : same.filter(({ image }) => image.name === found.image.name);
  const repositories = new Set(tags.map(({ repository }) => repository));
  if (found.by === 'id' && repositories.size > 1 && !force) {
    throw conflict(
      `unable to delete ${word} (must be forced) - image is referenced in multiple repositories`,
    );
  }
  const tagsLeft = tags.filter((row) => !chosen.includes(row));
  const going = tagsLeft.length === 0 && chosen.some(isTag) ? same : chosen;
  if (!force) await refuseUsed(client, going, word);
  const names = going.map(({ image }) => image.name);
  for (const [place, name] of names.entries()) {
    await client.images.delete(name, { sync: place === names.length - 1 });
  }
  const removals = names.map((name): Removal => ({ kind: 'untagged', name }));
  return going.length === same.length ? [...removals, { kind: 'deleted', id }] : removals;
}

const isTag = ({ tag }: DockerImage): boolean => tag !== '<none>';

async function refuseUsed(client: Client, going: readonly DockerImage[], word: string): Promise<void> {
  const names = new Set(going.map(({ image }) => image.name));
  const user = (await client.containers.list()).find(({ image }) => names.has(image));
  if (!user) return;
  throw conflict(
    `unable to remove repository reference ${JSON.stringify(word)} (must force) - container ${user.id} is using its referenced image`,
  );
}

function conflict(message: string): KindError {
  return new KindError('conflict', `conflict: ${message}`);
}

import type { Client } from '../client/client.js';
import type { Image } from '../client/images.js';
import { normalizeDockerReference } from '../oci/docker-reference.js';
import { hasKind, KindError } from '../oci/errors.js';
import { describeDockerImages, type DockerImage } from './docker-images.js';

/** What a user's word for an image leads to. */
export type FoundImage =
  | { readonly by: 'name'; readonly image: Image }
  | { readonly by: 'id'; readonly id: string; readonly images: readonly DockerImage[] };

/**
 * Finds an image by its name, as it is or as docker completes it, or by the beginning of its id: its config's
 * digest, or its target's.
 * @throws KindError 'not found'; 'invalid argument' for a beginning that fits several
 */
export async function findImage(client: Client, word: string): Promise<FoundImage> {
  const named = await findImageByName(client, word);
  if (named) return { by: 'name', image: named };
  const prefix = word.replace(/^sha256:/, '');
  if (!/^[\da-f]{4,64}$/.test(prefix)) throw noSuchImage(word);
  const fits = (digest: string): boolean => digest.startsWith(`sha256:${prefix}`);
  const all = await describeDockerImages(client, await client.images.list());
  const images = all.filter(({ id, digest }) => fits(id) || fits(digest));
  const ids = [...new Set(images.map(({ id }) => id))];
  if (ids.length > 1)
    throw new KindError('invalid argument', `${word} fits more than one image: ${ids.join(', ')}`);
  if (ids[0] === undefined) throw noSuchImage(word);
  return { by: 'id', id: ids[0], images };
}

/** An image by its name as it is, or as docker completes it: undefined if there is none. */
export async function findImageByName(client: Client, word: string): Promise<Image | undefined> {
  for (const name of new Set([word, ...completed(word)])) {
    try {
      return await client.images.get(name);
    } catch (error) {
      if (!hasKind(error, 'not found') && !hasKind(error, 'invalid argument')) throw error;
    }
  }
  return undefined;
}

/** A text that is no reference may still be an id. */
function completed(word: string): string[] {
  try {
    return [normalizeDockerReference(word)];
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return [];
  }
}

function noSuchImage(word: string): KindError {
  return new KindError('not found', `No such image: ${word}`);
}

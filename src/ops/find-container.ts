import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { hasKind, KindError } from '../oci/errors.js';
import { containerName, dockerRecordOf } from './container-owner.js';

/** A prefix that fits more than this many is not listed to its end. */
const maxCandidates = 8;

/**
 * Finds the container that a user means: by its id, by its name, or by the beginning of its id when only one
 * begins so.
 * @throws KindError 'not found'; 'invalid argument' when several fit, which the message names.
 */
export async function findContainer(client: Client, word: string): Promise<Container> {
  if (word === '') throw new KindError('invalid argument', 'a container cannot have an empty name');
  try {
    return await client.containers.get(word);
  } catch (error) {
    // A text that can be no id may still be a name: namespace/pod/container.
    if (!hasKind(error, 'not found') && !hasKind(error, 'invalid argument')) throw error;
  }
  const containers = await client.containers.list();
  const named = containers.filter((container) => nameFits(container, word.replace(/^\//, '')));
  const found = named.length > 0 ? named : containers.filter(({ id }) => id.startsWith(word));
  return onlyOne(found, word);
}

function nameFits(container: Container, word: string): boolean {
  return containerName(container, dockerRecordOf(container)) === word;
}

function onlyOne(found: readonly Container[], word: string): Container {
  const [container, ...others] = found;
  if (!container) throw new KindError('not found', `No such container: ${word}`);
  if (others.length === 0) return container;
  const names = found.slice(0, maxCandidates).map(({ id }) => id);
  const more = found.length > maxCandidates ? ` and ${found.length - maxCandidates} more` : '';
  throw new KindError(
    'invalid argument',
    `${JSON.stringify(word)} fits more than one container: ${names.join(', ')}${more}`,
  );
}

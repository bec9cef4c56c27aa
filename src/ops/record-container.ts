import type { Client } from '../client/client.js';
import { cancellation } from '../client/errors.js';
import type { Container } from '../client/containers.js';
import { hasKind } from '../oci/errors.js';
import { unixNanoseconds } from '../output/time.js';
import { ignoreNotFound } from './gone.js';
import { undone } from './undo.js';
import { uninterrupted } from './uninterrupted.js';

/**
 * Makes a container's record (Containers.Create). One that was interrupted meanwhile, or whose answer was lost with
 * the connection, is taken back.
 * @throws KindError 'already exists' for the id; the signal's reason
 */
export async function recordContainer(
  client: Client,
  container: Container,
  signal: AbortSignal,
): Promise<Container> {
  const began = BigInt(Date.now()) * 1_000_000n;
  let created;
  try {
    created = await client.containers.create(container, uninterrupted);
  } catch (error) {
    if (hasKind(error, 'unavailable')) await undone(removeOwn(client, container, began));
    throw error;
  }
  if (!signal.aborted) return created;
  await undone(client.forCleanup().containers.delete(container.id).catch(ignoreNotFound));
  throw cancellation(signal);
}

/** Removes the record if it is the one meant, made since `began`: somebody else's may have the same id. */
async function removeOwn(client: Client, { id, spec }: Container, began: bigint): Promise<void> {
  const { containers } = client.forCleanup();
  try {
    const found = await containers.get(id);
    const same = Buffer.compare(found.spec?.value ?? Buffer.of(), spec?.value ?? Buffer.of()) === 0;
    const since = found.createdAt === undefined ? 0n : unixNanoseconds(found.createdAt);
    if (same && since >= began) await containers.delete(id);
  } catch (error) {
    ignoreNotFound(error);
  }
}

import type { Client } from '../../client/client.js';
import type { Container } from '../../client/containers.js';
import { findContainer } from '../../ops/find-container.js';
import { safe } from '../../output/safe.js';
import type { Session } from '../session.js';
import { forEachWord } from './daemon-error.js';
import { requireWords } from './words.js';

/**
 * Does the same to every container that is named, and prints each one's word when it is done, as docker does.
 * @throws UsageError where none is named; ExitError 1 where some could not be done, which has been told.
 */
export async function forEachContainer(
  session: Session,
  words: readonly string[],
  work: (client: Client, container: Container, word: string) => Promise<unknown>,
  options: { readonly together?: boolean } = {},
): Promise<void> {
  requireWords(words, 1);
  const client = await session.client();
  const one = async (word: string): Promise<void> => {
    await work(client, await findContainer(client, word), word);
    session.streams.stdout.write(`${safe(word)}\n`);
  };
  await forEachWord(session, words, one, options);
}

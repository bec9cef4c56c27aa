import { KindError } from '../../oci/errors.js';
import { ExitError } from '../errors.js';
import { report } from '../report.js';
import type { Session } from '../session.js';

/**
 * Does a docker word's work for which docker has an exit status of its own: a failure is told on stderr, and
 * the status is what `status` makes of it.
 */
export async function withStatus<T>(
  session: Session,
  status: (error: KindError) => number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // An interrupt has its own status.
    if (!(error instanceof KindError) || session.signal.aborted) throw error;
    session.streams.stderr.write(report(error, session.program).stderr);
    throw new ExitError(status(error));
  }
}

/**
 * Does the same with every word, as docker's commands do with several names: a failure is told and the rest
 * is done; the end is 1 then. What waits for containers does it for all `together`.
 */
export async function forEachWord(
  session: Session,
  words: readonly string[],
  work: (word: string) => Promise<void>,
  { together = false }: { readonly together?: boolean } = {},
): Promise<void> {
  let failed = false;
  const attempt = async (word: string): Promise<void> => {
    try {
      await work(word);
    } catch (error) {
      if (!(error instanceof KindError) || session.signal.aborted) throw error;
      session.streams.stderr.write(report(error, session.program).stderr);
      failed = true;
    }
  };
  if (together) await Promise.all(words.map(attempt));
  else for (const word of words) await attempt(word);
  if (failed) throw new ExitError(1);
}

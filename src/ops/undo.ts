import { KindError } from '../oci/errors.js';

/**
 * Undoes something after a failure; tells whether that worked. Where it did not, as with a daemon that is away, the
 * failure is what the user has to know, and the journal keeps what is left for the next tctr.
 */
export async function undone(undoing: Promise<void>): Promise<boolean> {
  try {
    await undoing;
    return true;
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return false;
  }
}

/** The failure with what becomes of a process that could not be ended. */
export function leftRunning(error: unknown, id: string): unknown {
  if (!(error instanceof KindError)) return error;
  return new KindError(error.kind, error.message, {
    cause: error,
    hint: `${id} goes on until the next tctr finds containerd back, and ends it`,
  });
}

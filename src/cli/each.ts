import { KindError } from '../oci/errors.js';

/**
 * Does the same to several things, as ctr's delete commands do: a failure does not stop the rest, and
 * the first one is the command's error.
 */
export async function eachOrFirstError<T>(
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  let first: { readonly error: unknown } | undefined;
  for (const item of items) {
    try {
      await work(item);
    } catch (error) {
      if (!(error instanceof KindError)) throw error;
      first ??= { error };
    }
  }
  if (first) throw first.error;
}

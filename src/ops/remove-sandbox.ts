import type { Client } from '../client/client.js';
import type { Sandbox } from '../client/sandboxes.js';
import { hasKind, prefixed } from '../oci/errors.js';
import { lacking } from './lacking.js';

/**
 * Stops a sandbox, gives back what its controller holds and removes its record (Store.Get, Controller.Stop,
 * Controller.Shutdown, Store.Delete). What never started has only the record. With `force` the record goes whatever
 * the controller says; `failed` is told what it said.
 * @throws KindError in ctr's words
 */
export async function removeSandbox(
  client: Client,
  id: string,
  { force, failed }: { readonly force: boolean; readonly failed: (error: unknown) => void },
): Promise<void> {
  let sandbox: Sandbox;
  try {
    sandbox = await client.sandboxes.get(id);
  } catch (error) {
    throw prefixed(`failed to load sandbox ${id}`, lacking(error, '1.7'));
  }
  for (const [words, step] of [
    ['failed to stop sandbox', () => client.sandboxes.stop(sandbox)],
    ['failed to shutdown sandbox', () => client.sandboxes.shutdown(sandbox)],
  ] as const) {
    try {
      await step();
    } catch (error) {
      if (nothingThere(sandbox, error)) continue;
      const said = prefixed(`${words} ${id}`, error);
      if (!force) throw said;
      failed(said);
    }
  }
  await client.sandboxes.delete(id);
}

/** The controller knows nothing of it; or the record names no controller, as that of one that has not started. */
function nothingThere({ sandboxer }: Sandbox, error: unknown): boolean {
  return hasKind(error, 'not found') || (sandboxer === '' && hasKind(error, 'invalid argument'));
}

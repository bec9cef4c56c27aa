import type { Client } from '../client/client.js';
import { packJson, typeUrls } from '../client/typeurl.js';
import { KindError, prefixed } from '../oci/errors.js';
import { validateIdentifier } from '../oci/identifier.js';
import { ignoreNotFound } from './gone.js';
import { lacking } from './lacking.js';

/** A sandbox to run: `spec` is its runtime spec, as JSON. */
export interface SandboxRequest {
  readonly client: Client;
  readonly id: string;
  readonly runtime: string;
  readonly spec: string;
}

/**
 * Makes a sandbox's record and starts it (Store.Create, Controller.Start). One that does not start is given back.
 * @throws KindError in ctr's words
 */
export async function runSandbox({ client, id, runtime, spec }: SandboxRequest): Promise<void> {
  try {
    if (id === '') throw new KindError('invalid argument', 'sandbox ID must be specified');
    try {
      validateIdentifier(id);
    } catch (error) {
      throw prefixed('failed to validate sandbox: invalid sandbox ID', error);
    }
    await client.sandboxes.create({ sandboxId: id, runtime, spec: packJson(typeUrls.spec, spec) });
  } catch (error) {
    throw prefixed('failed to create new sandbox', lacking(error, '1.7'));
  }
  try {
    await client.sandboxes.start({ sandboxId: id, sandboxer: '' });
  } catch (error) {
    await client.forCleanup().sandboxes.delete(id).catch(ignoreNotFound);
    throw prefixed('failed to start', error);
  }
}

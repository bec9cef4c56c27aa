import { type Digest, digestAlgorithm } from '../../oci/digest.js';
import type { Answer } from '../http/answer.js';
import { RemoteError } from '../errors.js';
import { readReason, statusError } from '../pull/registry-reason.js';

/** Takes the answer to a PUT of content. @throws RemoteError with the registry's reason, 'data loss' where it has stored something else */
export async function acceptStored(answer: Answer, digest: Digest): Promise<void> {
  if (answer.status > 299) throw statusError('PUT', answer, await readReason(answer));
  await answer.discard();
  checkStored(answer, digest);
}

/**
 * Holds what the registry says it has stored against what was sent. It need not say (distribution-spec), and may name
 * the same bytes by another algorithm.
 * @throws RemoteError 'data loss'
 */
function checkStored({ headers }: Answer, digest: Digest): void {
  const told = headers.get('docker-content-digest') ?? '';
  if (told === '' || told === digest || !told.startsWith(`${digestAlgorithm(digest)}:`)) return;
  throw new RemoteError('data loss', `got digest ${told.slice(0, 256)}, expected ${digest}`);
}

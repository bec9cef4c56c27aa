import type { Descriptor } from '../oci/descriptor.js';
import { hasKind } from '../oci/errors.js';
import { referenceDigest, type Reference } from '../oci/reference.js';
import type { Remote } from '../remotes/remote.js';

/**
 * What a reference stands for in a registry, be it a manifest or a blob. A digest is looked for among the blobs first:
 * docker's own registry, asked for a manifest that is none, fails as if it were broken (500).
 * @throws KindError 'not found'
 */
export async function findObject(remote: Remote, reference: Reference): Promise<Descriptor> {
  if (referenceDigest(reference) !== undefined) {
    try {
      return (await remote.resolve(reference, { blobsOnly: true })).descriptor;
    } catch (error) {
      if (!hasKind(error, 'not found')) throw error;
    }
  }
  return (await remote.resolve(reference)).descriptor;
}

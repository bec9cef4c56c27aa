import { referenceRepository } from '../../oci/reference.js';
import { pushScope } from '../auth/scope.js';
import { readReason, statusError } from '../pull/registry-reason.js';
import type { PushRequest } from './push-request.js';

/**
 * Asks whether the registry has a content already: a manifest under its tag, a blob in the repository.
 * @param path `manifests` or `blobs`, and the name below it
 * @throws RemoteError for any answer but yes and no
 */
export async function existsOnRemote(
  { reference, descriptor, endpoint, signal }: PushRequest,
  path: readonly [kind: 'manifests' | 'blobs', name: string],
): Promise<boolean> {
  const repository = referenceRepository(reference);
  return endpoint.request(
    {
      method: 'HEAD',
      path: [repository, ...path],
      headers: [['accept', descriptor.mediaType === '' ? '*/*' : `${descriptor.mediaType}, */*`]],
      scopes: [pushScope(repository)],
      mayRetry: true,
      signal,
    },
    async (answer) => {
      const { status, headers } = answer;
      if (status !== 404 && status > 299) throw statusError('HEAD', answer, await readReason(answer));
      await answer.discard();
      if (status === 404) return false;
      // A tag may stand for another manifest: then this one takes its place.
      return path[0] === 'blobs' || headers.get('docker-content-digest') === descriptor.digest;
    },
  );
}

import { type Reference, referenceDigest, referenceRepository, referenceTag } from '../../oci/reference.js';
import { pushScope } from '../auth/scope.js';
import { RemoteError } from '../errors.js';
import { UploadBody } from '../http/upload-body.js';
import { maxManifestSize } from '../limits.js';
import { acceptStored } from './check-stored.js';
import { commitError } from './commit-error.js';
import { existsOnRemote } from './exists.js';
import type { Pushed, PushRequest } from './push-request.js';

/**
 * Pushes a manifest or an index (distribution-spec, pushing manifests). A lost answer is no harm: the same bytes under the
 * same name are put again.
 */
export async function pushManifest(request: PushRequest): Promise<Pushed> {
  const { reference, descriptor, endpoint, services, signal } = request;
  if (descriptor.size > BigInt(maxManifestSize)) {
    const message = `rejecting ${descriptor.size} byte manifest ${descriptor.digest}`;
    throw new RemoteError('out of range', message);
  }
  const name = manifestName(reference, descriptor.digest);
  if (await existsOnRemote(request, ['manifests', name])) return 'exists';
  const repository = referenceRepository(reference);
  const body = new UploadBody({ open: request.open, size: descriptor.size, onSent: request.onSent });
  try {
    await endpoint.request(
      {
        method: 'PUT',
        path: [repository, 'manifests', name],
        headers: [
          ['content-type', descriptor.mediaType],
          ['content-length', String(descriptor.size)],
        ],
        body,
        scopes: [pushScope(repository)],
        mayRetry: true,
        headersTimeoutMs: services.limits.commitMs,
        signal,
      },
      (answer) => acceptStored(answer, descriptor.digest),
    );
  } catch (error) {
    signal.throwIfAborted();
    throw body.failure ? body.failure.error : commitError(descriptor, error);
  }
  return 'pushed';
}

/** A manifest's name in the registry: the reference's tag, or its own digest (containerd `getManifestPath`). */
export function manifestName(reference: Reference, digest: string): string {
  const tag = referenceTag(reference);
  const written = referenceDigest(reference);
  return tag === '' || (written !== undefined && written !== digest) ? digest : tag;
}

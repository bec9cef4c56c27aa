import { hasKind } from '../../oci/errors.js';
import { referenceRepository } from '../../oci/reference.js';
import { pullScope, pushScope } from '../auth/scope.js';
import { NetworkError, RemoteError } from '../errors.js';
import { isTransientStatus, withRetries } from '../http/retry.js';
import { UploadBody } from '../http/upload-body.js';
import { readReason, statusError } from '../pull/registry-reason.js';
import { acceptStored } from './check-stored.js';
import { commitError } from './commit-error.js';
import { existsOnRemote } from './exists.js';
import type { Pushed, PushRequest } from './push-request.js';
import { uploadLocation, type UploadLocation } from './upload-location.js';

/** Times that a blob is sent. */
const uploadTries = 3;

/**
 * Pushes a blob in one piece (distribution-spec, POST then PUT), or mounts it from another repository. An upload that
 * broke is begun anew: where it stands in the registry is nothing that registries agree on.
 */
export async function pushBlob(request: PushRequest): Promise<Pushed> {
  const { endpoint, services, signal } = request;
  if (await existsOnRemote(request, ['blobs', request.descriptor.digest])) return 'exists';
  const { clock, random, limits, onEvent } = services;
  const host = endpoint.host.host;
  let isFirst = true;
  return withRetries<Pushed>(
    {
      clock,
      random,
      tries: uploadTries,
      longestPauseMs: limits.longestPauseMs,
      signal,
      onRetry: (retry) => onEvent({ type: 'retry', host, ...retry }),
    },
    async () => {
      // The answer to the last try may be all that was lost.
      if (!isFirst && (await existsOnRemote(request, ['blobs', request.descriptor.digest]))) return 'pushed';
      const mountFrom = isFirst ? request.mountFrom : [];
      isFirst = false;
      return upload(request, mountFrom);
    },
    (outcome) => (outcome instanceof BrokenUploadError ? { reason: outcome.message } : undefined),
    () => Promise.resolve(),
  ).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error instanceof BrokenUploadError ? error.cause : error;
  });
}

/** An upload that may do better when it is begun anew. */
class BrokenUploadError extends Error {
  constructor(override readonly cause: Error) {
    super(cause.message, { cause });
  }
}

async function upload(request: PushRequest, mountFrom: readonly string[]): Promise<Pushed> {
  for (const from of mountFrom) {
    const begun = await begin(request, from).catch((error: unknown) => {
      // Another repository's secrets are its own: without its leave the blob is sent.
      if (!hasKind(error, 'unauthenticated') && !hasKind(error, 'permission denied')) throw error;
      return undefined;
    });
    if (begun === 'mounted') return 'mounted';
    // The registry has opened an upload instead: it would have to be closed before another mount is tried.
    if (begun) return send(request, begun);
  }
  const begun = await begin(request);
  return begun === 'mounted' ? 'mounted' : send(request, begun);
}

/** Opens an upload, or mounts the blob from a repository that has it. */
async function begin(request: PushRequest, from?: string): Promise<UploadLocation | 'mounted'> {
  const { reference, descriptor, endpoint, signal } = request;
  const { digest } = descriptor;
  const repository = referenceRepository(reference);
  return endpoint.request(
    {
      method: 'POST',
      path: [repository, 'blobs', 'uploads', ''],
      query:
        from === undefined
          ? []
          : [
              ['mount', digest],
              ['from', from],
            ],
      headers: [['content-length', '0']],
      scopes: [pushScope(repository), ...(from === undefined ? [] : [pullScope(from)])],
      mayRetry: true,
      signal,
    },
    async (answer) => {
      if (answer.status > 299) throw statusError('POST', answer, await readReason(answer));
      await answer.discard();
      return answer.status === 201 ? 'mounted' : uploadLocation(answer, digest);
    },
  );
}

/** Sends the bytes to where the registry wants them, once. */
async function send(request: PushRequest, location: UploadLocation): Promise<Pushed> {
  const { reference, descriptor, endpoint, services, signal } = request;
  const repository = referenceRepository(reference);
  const body = new UploadBody({ open: request.open, size: descriptor.size, onSent: request.onSent });
  try {
    return await endpoint.request(
      {
        method: 'PUT',
        path: [repository, 'blobs'],
        location,
        headers: [
          ['content-type', 'application/octet-stream'],
          ['content-length', String(descriptor.size)],
        ],
        body,
        scopes: [pushScope(repository)],
        mayRetry: false,
        headersTimeoutMs: services.limits.commitMs,
        signal,
      },
      async (answer) => {
        await acceptStored(answer, descriptor.digest);
        return 'pushed' as const;
      },
    );
  } catch (error) {
    signal.throwIfAborted();
    if (body.failure) throw body.failure.error;
    const told = commitError(descriptor, error);
    throw isPassing(error) && told instanceof Error ? new BrokenUploadError(told) : told;
  }
}

/** Whether the same upload may do better a moment later. */
function isPassing(error: unknown): boolean {
  if (error instanceof NetworkError) return error.fault === 'reset' || error.fault === 'eof';
  return error instanceof RemoteError && error.status !== undefined && isTransientStatus(error.status);
}

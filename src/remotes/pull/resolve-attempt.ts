import { createHash } from 'node:crypto';
import type { Descriptor } from '../../oci/descriptor.js';
import { type Digest, digestAlgorithm, parseDigest } from '../../oci/digest.js';
import { KindError } from '../../oci/errors.js';
import { formatReference, type Reference, referenceRepository } from '../../oci/reference.js';
import { type Answer, contentLengthOf, mediaTypeOf, readUpTo } from '../http/answer.js';
import type { Endpoint } from '../endpoint.js';
import { RemoteError } from '../errors.js';
import type { Listener, RemoteEvent } from '../events.js';
import { maxManifestSize } from '../limits.js';
import {
  acceptManifests,
  findConfusion,
  isManifestType,
  isSchema1,
  isWebPage,
  sniffMediaType,
} from './manifest-types.js';
import { readReason, statusError, webPageError } from './registry-reason.js';
import { pullScope } from '../auth/scope.js';
import { readWarnings } from './warnings.js';

/** One host asked for one object. */
export interface Attempt {
  readonly endpoint: Endpoint;
  readonly reference: Reference;
  readonly kind: 'manifests' | 'blobs';
  readonly object: string;
  readonly digest: Digest | undefined;
  readonly isLast: boolean;
  readonly onEvent: Listener<RemoteEvent>;
  readonly signal: AbortSignal;
}

/**
 * An answer that ended the attempt, with how far the host came: 2 not found, 3 another status, 4 an unfit manifest.
 */
export class StageError extends Error {
  constructor(
    readonly stage: number,
    readonly error: RemoteError,
    readonly statusLine?: string,
  ) {
    super(error.message, { cause: error });
  }
}

/**
 * Asks one host: HEAD, or GET where HEAD does not tell.
 * @throws StageError, NetworkError, AuthorizationError
 */
export async function resolveOn(attempt: Attempt): Promise<Descriptor> {
  const { digest, endpoint, kind, onEvent } = attempt;
  const head = await ask(attempt, 'HEAD', (answer) => Promise.resolve(answer));
  await head.discard();
  for (const text of readWarnings(head.headers)) onEvent({ type: 'warning', host: endpoint.host.host, text });
  if (head.status === 405 || head.status === 501) return readWhole(attempt);
  if (head.status > 299) throw await explain(attempt, head);
  const told = head.headers.get('docker-content-digest');
  const size = contentLengthOf(head.headers);
  const mediaType = mediaTypeOf(head.headers);
  refuseWebPage(mediaType, head);
  if (size === undefined || (digest === undefined && told === undefined) || mediaType === '')
    return readWhole(attempt);
  if (size > maxManifestSize && kind === 'manifests') throw new StageError(4, tooLarge(size, attempt));
  if (isSchema1(mediaType)) throw new StageError(4, dropped(mediaType));
  return {
    mediaType,
    digest: checkTold(told, digest),
    size: BigInt(size),
    annotations: new Map(),
  };
}

async function readWhole(attempt: Attempt): Promise<Descriptor> {
  const { answer, bytes } = await ask(attempt, 'GET', async (got) => ({
    answer: got,
    bytes: got.status > 299 ? undefined : await readUpTo(got, maxManifestSize),
  }));
  if (answer.status > 299) throw await explain(attempt, answer, true);
  const announced = mediaTypeOf(answer.headers);
  refuseWebPage(announced, answer);
  if (isSchema1(announced)) throw new StageError(4, dropped(announced));
  if (bytes === undefined) throw new StageError(4, tooLarge(contentLengthOf(answer.headers), attempt));
  const algorithm = attempt.digest === undefined ? 'sha256' : digestAlgorithm(attempt.digest);
  const digest = parseDigest(`${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`);
  if (attempt.digest !== undefined && digest !== attempt.digest)
    throw new StageError(4, mismatch(digest, attempt.digest));
  const mediaType = isManifestType(announced) ? announced : sniffMediaType(bytes) || announced;
  const confusion = attempt.kind === 'manifests' ? findConfusion(bytes, mediaType) : undefined;
  if (confusion !== undefined) throw new StageError(4, new RemoteError('invalid argument', confusion));
  return { mediaType, digest, size: BigInt(bytes.length), annotations: new Map() };
}

function ask<Result>(
  { endpoint, reference, kind, object, isLast, signal }: Attempt,
  method: 'GET' | 'HEAD',
  consume: (answer: Answer) => Promise<Result>,
): Promise<Result> {
  const repository = referenceRepository(reference);
  return endpoint.request(
    {
      method,
      path: [repository, kind, object],
      headers: [
        ['accept', acceptManifests],
        ['accept-encoding', 'identity'],
      ],
      scopes: [pullScope(repository)],
      mayRetry: isLast,
      signal,
    },
    consume,
  );
}

/** The error of a status; a refusal is asked for once more with GET, as an answer to HEAD has no words. */
async function explain(attempt: Attempt, answer: Answer, wasGet = false): Promise<StageError> {
  if (answer.status === 404) {
    await answer.discard();
    const name = formatReference(attempt.reference);
    return new StageError(
      2,
      new RemoteError('not found', `${name}: not found`, { status: 404 }),
      answer.statusLine,
    );
  }
  const isPolite = !wasGet && (answer.status === 403 || answer.status === 400) && !answer.isForeign;
  const reason = wasGet
    ? await readReason(answer)
    : isPolite
      ? await ask(attempt, 'GET', readReason).catch(() => '')
      : '';
  return new StageError(3, statusError(wasGet ? 'GET' : 'HEAD', answer, reason), answer.statusLine);
}

function refuseWebPage(mediaType: string, answer: Answer): void {
  if (isWebPage(mediaType)) throw new StageError(4, webPageError(answer));
}

function checkTold(told: string | undefined, wanted: Digest | undefined): Digest {
  if (told === undefined && wanted !== undefined) return wanted;
  const digest = parseTold(told ?? '');
  if (wanted === undefined || digest === wanted) return digest;
  // Another algorithm's digest of the same bytes is no contradiction.
  if (digestAlgorithm(digest) !== digestAlgorithm(wanted)) return wanted;
  throw new StageError(4, mismatch(digest, wanted));
}

function parseTold(told: string): Digest {
  try {
    return parseDigest(told);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    const message = `${JSON.stringify(told.slice(0, 256))} in header not a valid digest: ${error.message}`;
    throw new StageError(4, new RemoteError('invalid argument', message, { cause: error }));
  }
}

function tooLarge(size: number | undefined, { reference }: Attempt): RemoteError {
  const shown = size === undefined ? `over ${maxManifestSize}` : String(size);
  return new RemoteError(
    'not found',
    `rejecting ${shown} byte manifest for ${formatReference(reference)}: not found`,
  );
}

function dropped(mediaType: string): RemoteError {
  return new RemoteError(
    'not implemented',
    `not implemented: media type ${JSON.stringify(mediaType)} is no longer supported since containerd v2.0, please ` +
      'rebuild the image as "application/vnd.docker.distribution.manifest.v2+json" or ' +
      '"application/vnd.oci.image.manifest.v1+json"',
  );
}

function mismatch(got: Digest, wanted: Digest): RemoteError {
  return new RemoteError('failed precondition', `registry has content ${got} under ${wanted}`);
}

/**
 * The pieces of the registry client, from the outside in:
 *
 *     remote ─▶ resolver, fetcher ─▶ endpoint ─▶ transport ─▶ pools ─▶ dial
 *        └▶ hosts (hosts.toml)          └▶ authorizer ─▶ token, realm, credentials
 *
 * hosts says which places serve a registry. The resolver asks them in turn for a descriptor, the fetcher for its bytes.
 * An endpoint is one such place: it adds the origin's grant, answers its challenges and tries again. The transport
 * follows redirects and drops what is secret on the way to another origin. pools keeps connections, and is the only
 * piece that knows the HTTP library. A pusher would stand beside the fetcher, on endpoints with the capability `push`.
 */
import { createHash } from 'node:crypto';
import type { Descriptor } from '../oci/descriptor.js';
import { type Digest, digestAlgorithm, parseDigest } from '../oci/digest.js';
import { hasKind, KindError } from '../oci/errors.js';
import { formatReference, type Reference, referenceDigest, referenceRepository, referenceTag } from '../oci/reference.js';
import { type Answer, contentLengthOf, mediaTypeOf, readUpTo } from './answer.js';
import type { Endpoint } from './endpoint.js';
import { AuthorizationError, prefixError, RemoteError } from './errors.js';
import type { Listener, RemoteEvent } from './events.js';
import { maxManifestSize } from './limits.js';
import { acceptManifests, findConfusion, isManifestType, isSchema1, isWebPage, sniffMediaType } from './manifest-types.js';
import { redactUrl } from './redact.js';
import { readReason, statusError } from './registry-reason.js';
import type { Capability } from './registry-host.js';
import { pullScope } from './scope.js';
import { readWarnings } from './warnings.js';

/** What a reference stands for at the moment. */
export interface Resolved {
  /** The reference as it was asked for. */
  readonly name: string;
  readonly descriptor: Descriptor;
  /** The host that knew it. */
  readonly host: string;
}

interface ResolveOptions {
  readonly endpoints: readonly Endpoint[];
  readonly onEvent: Listener<RemoteEvent>;
  readonly signal: AbortSignal;
}

/**
 * Asks the registry what a reference stands for: HEAD, or GET where HEAD does not tell (containerd `Resolve`). A digest
 * that is no manifest's is looked for among the blobs.
 * @throws RemoteError, the one of the host that came furthest
 */
export async function resolveReference(reference: Reference, options: ResolveOptions): Promise<Resolved> {
  const name = formatReference(reference);
  const written = referenceDigest(reference);
  const digest = written === undefined ? undefined : parseDigest(written);
  const tag = referenceTag(reference);
  if (digest === undefined && tag === '') throw new KindError('invalid argument', 'object required');
  const needed: readonly Capability[] = digest === undefined ? ['pull', 'resolve'] : ['pull'];
  const hosts = options.endpoints.filter(({ host }) => needed.every((wanted) => host.capabilities.has(wanted)));
  if (hosts.length === 0) throw new RemoteError('not found', 'no resolve hosts: not found');

  const failures: Failure[] = [];
  for (const kind of digest === undefined ? ['manifests'] : ['manifests', 'blobs']) {
    // Only content that a host has not is looked for elsewhere on it.
    if (kind === 'blobs' && failures.every(({ error }) => !hasKind(error, 'not found'))) break;
    for (const [index, endpoint] of hosts.entries()) {
      const isLast = index === hosts.length - 1;
      const attempt = { endpoint, reference, kind, object: digest ?? tag, digest, isLast, ...options };
      const outcome = await resolveOn(attempt).catch((error: unknown) => asFailure(error, attempt));
      if (!('error' in outcome)) return { name, descriptor: outcome, host: endpoint.host.host };
      failures.push(outcome);
    }
  }
  throw failures.reduce((worst, failure) => (failure.stage > worst.stage ? failure : worst)).error;
}

interface Attempt {
  readonly endpoint: Endpoint;
  readonly reference: Reference;
  readonly kind: string;
  readonly object: string;
  readonly digest: Digest | undefined;
  readonly isLast: boolean;
  readonly onEvent: Listener<RemoteEvent>;
  readonly signal: AbortSignal;
}

/** An error and how far its host came: 1 no answer, 2 not found, 3 another status, 4 an unfit manifest. */
interface Failure {
  readonly stage: number;
  readonly error: unknown;
}

/** An answer that ended the attempt, with the stage that it counts for. */
class StageError extends Error {
  constructor(
    readonly stage: number,
    readonly error: RemoteError,
    readonly statusLine?: string,
  ) {
    super(error.message, { cause: error });
  }
}

async function resolveOn(attempt: Attempt): Promise<Descriptor> {
  const { digest, endpoint, onEvent } = attempt;
  const head = await ask(attempt, 'HEAD', (answer) => Promise.resolve(answer));
  await head.discard();
  for (const text of readWarnings(head.headers)) onEvent({ type: 'warning', host: endpoint.host.host, text });
  if (head.status === 405 || head.status === 501) return readWhole(attempt);
  if (head.status > 299) throw await explain(attempt, head);
  const told = head.headers.get('docker-content-digest');
  const size = contentLengthOf(head.headers);
  const mediaType = mediaTypeOf(head.headers);
  refuseUnfit(mediaType, head);
  if (size === undefined || (digest === undefined && told === undefined) || mediaType === '') return readWhole(attempt);
  if (size > maxManifestSize) throw new StageError(4, tooLarge(size, attempt));
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
  refuseUnfit(announced, answer);
  if (isSchema1(announced)) throw new StageError(4, dropped(announced));
  if (bytes === undefined) throw new StageError(4, tooLarge(contentLengthOf(answer.headers), attempt));
  const algorithm = attempt.digest === undefined ? 'sha256' : digestAlgorithm(attempt.digest);
  const digest = parseDigest(`${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`);
  if (attempt.digest !== undefined && digest !== attempt.digest) throw new StageError(4, mismatch(digest, attempt.digest));
  const mediaType = isManifestType(announced) ? announced : (sniffMediaType(bytes) || announced);
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
    return new StageError(2, new RemoteError('not found', `${name}: not found`, { status: 404 }), answer.statusLine);
  }
  const isPolite = !wasGet && (answer.status === 403 || answer.status === 400) && !answer.isForeign;
  const reason = wasGet ? await readReason(answer) : isPolite ? await ask(attempt, 'GET', readReason) : '';
  return new StageError(3, statusError(wasGet ? 'GET' : 'HEAD', answer, reason), answer.statusLine);
}

function asFailure(error: unknown, { endpoint, kind, object, reference, isLast, onEvent, signal }: Attempt): Failure {
  signal.throwIfAborted();
  const stage = error instanceof StageError ? error.stage : 1;
  const inner = error instanceof StageError ? error.error : error;
  if (!(inner instanceof KindError)) throw inner;
  const status = error instanceof StageError ? error.statusLine : undefined;
  const denied = 'pull access denied, repository does not exist or may require authorization: ';
  onEvent({
    type: 'host-failed',
    host: endpoint.host.host,
    last: isLast,
    method: 'HEAD',
    url: redactUrl(endpoint.url([referenceRepository(reference), kind, object])),
    ...(status === undefined ? { error: inner.message } : { status }),
  });
  return { stage, error: inner instanceof AuthorizationError ? prefixError(denied, inner) : inner };
}

function refuseUnfit(mediaType: string, { url }: Answer): void {
  if (!isWebPage(mediaType)) return;
  const hint = 'is there a captive portal, a proxy or a login page in between?';
  throw new StageError(
    4,
    new RemoteError('failed precondition', `the answer of ${redactUrl(url)} is a web page, no manifest`, { hint }),
  );
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
  return new RemoteError('not found', `rejecting ${shown} byte manifest for ${formatReference(reference)}: not found`);
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

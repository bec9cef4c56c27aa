/**
 * The pieces of the registry client, from the outside in:
 *
 *     remote ─▶ resolver, fetcher, push ─▶ endpoint ─▶ transport ─▶ pools ─▶ dial
 *        └▶ hosts (hosts.toml)          └▶ authorizer ─▶ token, realm, credentials
 *
 * hosts says which places serve a registry. The resolver asks them in turn for a descriptor, the fetcher for its bytes.
 * An endpoint is one such place: it adds the origin's grant, answers its challenges and tries again. The transport
 * follows redirects and drops what is secret on the way to another origin. pools keeps connections, and is the only
 * piece that knows the HTTP library. push stands beside the fetcher, on the first endpoint with the capability `push`.
 */
import { type Digest, parseDigest } from '../oci/digest.js';
import { hasKind, KindError } from '../oci/errors.js';
import {
  formatReference,
  type Reference,
  referenceDigest,
  referenceRepository,
  referenceTag,
} from '../oci/reference.js';
import type { Descriptor } from '../oci/descriptor.js';
import type { Endpoint } from './endpoint.js';
import { AuthorizationError, prefixError, RemoteError } from './errors.js';
import type { Listener, RemoteEvent } from './events.js';
import { redactUrl } from './http/redact.js';
import type { Capability } from './hosts/registry-host.js';
import { type Attempt, resolveOn, StageError } from './pull/resolve-attempt.js';

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
  /** Look for a digest among the blobs only; for content that is known to be none of the manifests. */
  readonly blobsOnly?: boolean;
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
  const hosts = options.endpoints.filter(({ host }) =>
    needed.every((wanted) => host.capabilities.has(wanted)),
  );
  if (hosts.length === 0) throw new RemoteError('not found', 'no resolve hosts: not found');

  const failures: Failure[] = [];
  for (const kind of placesOf(digest, options.blobsOnly === true)) {
    // Only content that a host has not is looked for elsewhere on it.
    if (failures.length > 0 && failures.every(({ error }) => !hasKind(error, 'not found'))) break;
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

function placesOf(digest: Digest | undefined, blobsOnly: boolean): readonly ('manifests' | 'blobs')[] {
  if (digest === undefined) return ['manifests'];
  return blobsOnly ? ['blobs'] : ['manifests', 'blobs'];
}

/** An error and how far its host came: 1 no answer, 2 not found, 3 another status, 4 an unfit manifest. */
interface Failure {
  readonly stage: number;
  readonly error: unknown;
}

function asFailure(
  error: unknown,
  { endpoint, kind, object, reference, isLast, onEvent, signal }: Attempt,
): Failure {
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

import type { Descriptor } from '../../oci/descriptor.js';
import { hasKind } from '../../oci/errors.js';
import { type Reference, referenceRepository } from '../../oci/reference.js';
import { type Answer, mediaTypeOf } from '../http/answer.js';
import { canDecode, decodedBody, encodingOf, isIdentity } from './content-encoding.js';
import { type ContentStart, contentStart } from './content-range.js';
import type { Endpoint } from '../endpoint.js';
import { prefixError, RemoteError } from '../errors.js';
import { maxManifestSize } from '../limits.js';
import { isManifestType, isSchema1, isWebPage } from './manifest-types.js';
import { redactUrl } from '../http/redact.js';
import { readReason, statusHint, statusKind, webPageError } from './registry-reason.js';
import { pullScope } from '../auth/scope.js';

/** Which content to open, and who may have it. */
export interface OpenRequest {
  readonly reference: Reference;
  readonly descriptor: Descriptor;
  readonly endpoints: readonly Endpoint[];
  readonly signal: AbortSignal;
}

/** Content about to be read. */
export interface OpenContent {
  readonly body: AsyncIterable<Uint8Array>;
  /** Offset of the body's first byte. */
  readonly start: number;
  readonly host: string;
  readonly allowsRange: boolean;
}

interface Wanted {
  readonly offset: number;
  readonly mayUseRange: boolean;
}

/**
 * Opens content on the first host that serves it (containerd `dockerFetcher.Fetch`).
 * @throws RemoteError, that of the first host
 */
export async function openContent(
  request: OpenRequest,
  { offset, mayUseRange }: Wanted,
): Promise<OpenContent> {
  const { descriptor, signal } = request;
  const isManifest = isManifestType(descriptor.mediaType) || isSchema1(descriptor.mediaType);
  if (isManifest && descriptor.size > BigInt(maxManifestSize)) {
    throw new RemoteError('out of range', `rejecting ${descriptor.size} byte manifest ${descriptor.digest}`);
  }
  const hosts = request.endpoints.filter(({ host }) => host.capabilities.has('pull'));
  if (hosts.length === 0) throw new RemoteError('not found', 'no pull hosts: not found');
  let first: unknown;
  for (const [index, endpoint] of hosts.entries()) {
    const place = {
      ...request,
      endpoint,
      kind: isManifest ? 'manifests' : 'blobs',
      isLast: index === hosts.length - 1,
    };
    try {
      return await openOn(place, { offset, mayUseRange });
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof RemoteError)) throw error;
      first ??= error;
    }
  }
  if (isManifest || !hasKind(first, 'not found')) throw prefixError('httpReadSeeker: failed open: ', first);
  const what = `${descriptor.digest} (${descriptor.mediaType})`;
  const message = `httpReadSeeker: failed open: could not fetch content descriptor ${what} from remote: not found`;
  throw new RemoteError('not found', message, { cause: first });
}

interface Place extends OpenRequest {
  readonly endpoint: Endpoint;
  readonly kind: string;
  readonly isLast: boolean;
}

async function openOn(place: Place, { offset, mayUseRange }: Wanted): Promise<OpenContent> {
  const { descriptor, endpoint } = place;
  const usesRange = mayUseRange && offset > 0;
  const answer = await ask(place, usesRange ? offset : 0);
  const wanted = { offset: usesRange ? offset : 0, size: Number(descriptor.size) };
  const range = contentStart(answer.status, answer.headers.get('content-range'), wanted);
  // 416 and a range that was not asked for: the whole from its start, and the known part skipped.
  if (
    usesRange &&
    (answer.status === 416 || range === 'wrong' || (answer.status === 206 && !isIdentity(answer)))
  ) {
    await answer.discard();
    return openOn(place, { offset, mayUseRange: false });
  }
  const problem = answer.status > 299 ? await openError(answer) : unreadable(answer, range);
  if (problem !== undefined) {
    await answer.discard();
    throw problem;
  }
  return {
    body: decodedBody(answer),
    start: range === 'wrong' ? 0 : range.start,
    host: endpoint.host.host,
    allowsRange: mayUseRange && isIdentity(answer),
  };
}

function ask(
  { endpoint, reference, descriptor, kind, isLast, signal }: Place,
  offset: number,
): Promise<Answer> {
  const repository = referenceRepository(reference);
  return endpoint.request(
    {
      method: 'GET',
      path: [repository, kind, descriptor.digest],
      headers: [
        ['accept', descriptor.mediaType === '' ? '*/*' : `${descriptor.mediaType}, */*`],
        ['accept-encoding', 'identity'],
        ...(offset > 0 ? [['range', `bytes=${offset}-`] as const] : []),
      ],
      scopes: [pullScope(repository)],
      mayRetry: isLast,
      signal,
    },
    (answer) => Promise.resolve(answer),
  );
}

async function openError(answer: Answer): Promise<RemoteError> {
  const { status, statusLine, url } = answer;
  const shown = redactUrl(url);
  if (status === 404)
    return new RemoteError('not found', `content at ${shown} not found: not found`, { status });
  const reason = await readReason(answer);
  const words = reason === '' ? '' : ` - Server message: ${reason}`;
  const hint = statusHint(answer);
  const message = `unexpected status code ${shown}: ${statusLine}${words}`;
  return new RemoteError(statusKind(status), message, { status, ...(hint === undefined ? {} : { hint }) });
}

function unreadable(answer: Answer, range: ContentStart): RemoteError | undefined {
  if (isWebPage(mediaTypeOf(answer.headers))) return webPageError(answer);
  // 206 though no range was asked for.
  if (range === 'wrong') return new RemoteError('unavailable', 'unhandled content range in response');
  const encoding = encodingOf(answer);
  if (canDecode(encoding)) return undefined;
  const shown = encoding.slice(0, 64);
  return new RemoteError('not implemented', `unsupported Content-Encoding algorithm: ${shown}`);
}

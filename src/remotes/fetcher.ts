import type { Descriptor } from '../oci/descriptor.js';
import { hasKind } from '../oci/errors.js';
import { type Reference, referenceRepository } from '../oci/reference.js';
import { type Answer, mediaTypeOf } from './answer.js';
import type { Clock } from './clock.js';
import { ContentCheck } from './content-check.js';
import { decodedBody, isIdentity } from './content-encoding.js';
import { contentStart } from './content-range.js';
import type { Endpoint } from './endpoint.js';
import { NetworkError, prefixError, RemoteError } from './errors.js';
import type { Listener, RemoteEvent } from './events.js';
import { maxManifestSize } from './limits.js';
import { isManifestType, isSchema1, isWebPage } from './manifest-types.js';
import { redactUrl } from './redact.js';
import { readReason, statusKind } from './registry-reason.js';
import { ResumePolicy } from './resume-policy.js';
import { pullScope } from './scope.js';

/** What to fetch, and how. */
export interface FetchRequest {
  readonly reference: Reference;
  readonly descriptor: Descriptor;
  readonly endpoints: readonly Endpoint[];
  /** The first byte wanted. */
  readonly offset: number;
  /** Hash the content and fail at its end if it is another's; possible from offset 0 only. */
  readonly verify: boolean;
  readonly clock: Clock;
  readonly onEvent: Listener<RemoteEvent>;
  readonly signal: AbortSignal;
}

/**
 * The bytes of a descriptor, from `offset` to its size and never one more. A cut download goes on where it broke. Memory
 * is bounded: nothing is read while the caller does not take.
 * @throws RemoteError; CorruptContentError if the digest is another's at the end; the signal's reason
 */
export async function* fetchContent(request: FetchRequest): AsyncGenerator<Uint8Array> {
  const { descriptor, clock, onEvent, signal } = request;
  const check = new ContentCheck(descriptor, request);
  const resume = new ResumePolicy(clock, check.position);
  let mayUseRange = true;
  while (!check.isComplete) {
    const opened = await open(request, check.position, mayUseRange);
    let reason: string;
    try {
      for await (const chunk of skip(opened.body, check.position - opened.start)) {
        check.add(chunk);
        yield chunk;
      }
      if (check.isComplete) break;
      reason = check.shortReadReason();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof NetworkError)) throw error;
      // All is here: how the exchange ended is of no interest any more.
      if (check.isComplete) break;
      reason = error.message;
    }
    const pauseMs = resume.next(check.position);
    if (pauseMs === undefined) throw check.shortRead(reason);
    mayUseRange = opened.allowsRange;
    onEvent({ type: 'resume', host: opened.host, offset: check.position, reason });
    if (pauseMs > 0) await clock.sleep(pauseMs, signal);
  }
  check.finish();
}

interface Opened {
  readonly body: AsyncIterable<Uint8Array>;
  /** Offset of the body's first byte. */
  readonly start: number;
  readonly host: string;
  readonly allowsRange: boolean;
}

/** Opens the content on the first host that serves it. */
async function open(request: FetchRequest, offset: number, mayUseRange: boolean): Promise<Opened> {
  const { descriptor, signal } = request;
  const isManifest = isManifestType(descriptor.mediaType) || isSchema1(descriptor.mediaType);
  if (isManifest && descriptor.size > BigInt(maxManifestSize)) {
    throw new RemoteError('out of range', `rejecting ${descriptor.size} byte manifest ${descriptor.digest}`);
  }
  const hosts = request.endpoints.filter(({ host }) => host.capabilities.has('pull'));
  if (hosts.length === 0) throw new RemoteError('not found', 'no pull hosts: not found');
  let first: unknown;
  for (const [index, endpoint] of hosts.entries()) {
    const place = { ...request, endpoint, kind: isManifest ? 'manifests' : 'blobs', isLast: index === hosts.length - 1 };
    try {
      return await openOn(place, offset, mayUseRange);
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

interface Place extends FetchRequest {
  readonly endpoint: Endpoint;
  readonly kind: string;
  readonly isLast: boolean;
}

async function openOn(place: Place, offset: number, mayUseRange: boolean): Promise<Opened> {
  const { descriptor, endpoint } = place;
  const usesRange = mayUseRange && offset > 0;
  const answer = await ask(place, usesRange ? offset : 0);
  const wanted = { offset: usesRange ? offset : 0, size: Number(descriptor.size) };
  const range = contentStart(answer.status, answer.headers.get('content-range'), wanted);
  // 416 and a range that was not asked for: the whole from its start, and the known part skipped.
  if (usesRange && (answer.status === 416 || range === 'wrong' || (answer.status === 206 && !isIdentity(answer)))) {
    await answer.discard();
    return openOn(place, offset, false);
  }
  if (answer.status > 299) throw await openError(answer);
  if (range === 'wrong') throw new RemoteError('unavailable', 'unhandled content range in response');
  if (isWebPage(mediaTypeOf(answer.headers))) {
    await answer.discard();
    throw webPage(answer);
  }
  return {
    body: decodedBody(answer),
    start: range.start,
    host: endpoint.host.host,
    allowsRange: mayUseRange && isIdentity(answer),
  };
}

function ask({ endpoint, reference, descriptor, kind, isLast, signal }: Place, offset: number): Promise<Answer> {
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
  if (status === 404) {
    await answer.discard();
    return new RemoteError('not found', `content at ${shown} not found: not found`, { status });
  }
  const reason = await readReason(answer);
  const words = reason === '' ? '' : ` - Server message: ${reason}`;
  return new RemoteError(statusKind(status), `unexpected status code ${shown}: ${statusLine}${words}`, { status });
}

function webPage({ url }: Answer): RemoteError {
  const hint = 'is there a captive portal, a proxy or a login page in between?';
  return new RemoteError('failed precondition', `the answer of ${redactUrl(url)} is a web page, no content`, { hint });
}

async function* skip(body: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of body) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left === 0 ? chunk : chunk.subarray(left);
      left = 0;
    }
  }
}

import type { Clock } from './clock.js';
import { ContentCheck } from './pull/content-check.js';
import { openContent, type OpenRequest } from './pull/content-opener.js';
import { NetworkError } from './errors.js';
import type { Listener, RemoteEvent } from './events.js';
import { ResumePolicy } from './pull/resume-policy.js';

/** What to fetch, and how. */
export interface FetchRequest extends OpenRequest {
  /** The first byte wanted. */
  readonly offset: number;
  /** Hash the content and fail at its end if it is another's; possible from offset 0 only. */
  readonly verify: boolean;
  readonly clock: Clock;
  readonly onEvent: Listener<RemoteEvent>;
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
    const opened = await openContent(request, { offset: check.position, mayUseRange });
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

/** A body without its first bytes, which are known already. */
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

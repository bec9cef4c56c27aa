import type { Answer } from './answer.js';
import type { Clock } from '../clock.js';
import { isTransientStatus, retryAfterMs, transientError, type Transient, withRetries } from './retry.js';
import type { Services } from '../services.js';

interface RetryWish {
  /** Named in events. */
  readonly host: string;
  /** The first included. */
  readonly tries: number;
  readonly signal: AbortSignal;
  /** Makes a request again whose answer was lost; true by default. */
  readonly afterLoss?: boolean;
}

/**
 * Makes a request until its answer is final, with the pauses that the registry asks for.
 * @param consume reads what it needs of the final answer; a loss on the way counts as one of the request
 */
export async function retryRequest<Result>(
  { clock, random, limits, onEvent }: Services,
  { host, tries, signal, afterLoss = true }: RetryWish,
  send: () => Promise<Answer>,
  consume: (answer: Answer) => Promise<Result>,
): Promise<Result> {
  const policy = {
    clock,
    random,
    tries,
    signal,
    longestPauseMs: limits.longestPauseMs,
    onRetry: (retry: { attempt: number; delayMs: number; reason: string }) =>
      onEvent({ type: 'retry', host, ...retry }),
  };
  const outcome = await withRetries<Answer | { readonly result: Result }>(
    policy,
    async () => {
      const answer = await send();
      return isTransientStatus(answer.status) ? answer : { result: await consume(answer) };
    },
    (tried) => {
      if (tried instanceof Error) return afterLoss ? transientError(tried) : undefined;
      return 'result' in tried ? undefined : transientAnswer(tried, clock);
    },
    async (tried) => ('result' in tried ? undefined : tried.discard()),
  );
  return 'result' in outcome ? outcome.result : consume(outcome);
}

function transientAnswer({ statusLine, headers }: Answer, clock: Clock): Transient {
  const pauseMs = retryAfterMs(headers, clock);
  return { reason: statusLine, ...(pauseMs === undefined ? {} : { pauseMs }) };
}

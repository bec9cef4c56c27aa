import type { Clock } from '../clock.js';
import { NetworkError, RemoteError } from '../errors.js';
import type { Headers } from './answer.js';

/** How often and how long to wait before a request is made again. */
export interface RetryPolicy {
  readonly clock: Clock;
  /** From 0 up to 1, for the jitter. */
  readonly random: () => number;
  /** The first try included. */
  readonly tries: number;
  readonly longestPauseMs: number;
  readonly signal: AbortSignal;
  readonly onRetry?: (retry: {
    readonly attempt: number;
    readonly delayMs: number;
    readonly reason: string;
  }) => void;
}

/** An outcome that a further try may better, with the registry's own wish for a pause. */
export interface Transient {
  readonly reason: string;
  readonly pauseMs?: number;
}

const firstPauseMs = 500;
const lastPauseMs = 5_000;
const statuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const faults: ReadonlySet<string> = new Set(['reset', 'eof']);

/**
 * Runs an idempotent action until it gives something else than a transient outcome, or tries run out; then the last
 * outcome is the result. Pauses double from 0.5 s to 5 s with jitter, or last as long as Retry-After says.
 * @param assess tells of an outcome why it is worth a further try; undefined if it is final
 */
export async function withRetries<Outcome>(
  policy: RetryPolicy,
  action: () => Promise<Outcome>,
  assess: (outcome: Outcome | Error) => Transient | undefined,
  dispose: (outcome: Outcome) => Promise<void>,
): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await action().catch((error: unknown) => toError(error));
    const transient = attempt < policy.tries ? assess(outcome) : undefined;
    if (transient === undefined) {
      if (outcome instanceof Error) throw outcome;
      return outcome;
    }
    if (!(outcome instanceof Error)) await dispose(outcome);
    const delayMs = pause(policy, attempt, transient.pauseMs);
    policy.onRetry?.({ attempt: attempt + 1, delayMs, reason: transient.reason });
    await policy.clock.sleep(delayMs, policy.signal);
  }
}

/** Tells whether a network error is worth a further try: a refused connection, a bad certificate or a wait that
 * was long already is not. */
export function transientError(error: Error): Transient | undefined {
  return error instanceof NetworkError && faults.has(error.fault) ? { reason: error.message } : undefined;
}

/** Tells whether an HTTP status is worth a further try. */
export function isTransientStatus(status: number): boolean {
  return statuses.has(status);
}

/** Milliseconds that a Retry-After asks for, in seconds or as a date (RFC 9110, 10.2.3). */
export function retryAfterMs(headers: Headers, clock: Clock): number | undefined {
  const value = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = /^[A-Z]{3,9},/i.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.wall());
}

function pause(policy: RetryPolicy, attempt: number, asked: number | undefined): number {
  if (asked !== undefined) return Math.min(asked, policy.longestPauseMs);
  const ceiling = Math.min(lastPauseMs, firstPauseMs * 2 ** (attempt - 1));
  return ceiling * (0.5 + policy.random() / 2);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new RemoteError('unknown', String(error), { cause: error });
}

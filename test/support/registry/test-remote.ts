import type { Clock } from '../../../src/remotes/clock.js';
import type { RemoteEvent } from '../../../src/remotes/events.js';
import { createRemote, type Remote, type RemoteOptions } from '../../../src/remotes/remote.js';

/** A clock whose sleeps are over at once, and add up. */
export interface TestClock extends Clock {
  readonly sleeps: readonly number[];
  /** Lets time pass. */
  advance(ms: number): void;
}

/** A clock that starts at 2026-01-01. */
export function testClock(): TestClock {
  const sleeps: number[] = [];
  let now = 0;
  return {
    sleeps,
    advance: (ms) => void (now += ms),
    monotonic: () => now,
    wall: () => Date.UTC(2026, 0, 1) + now,
    sleep(ms, signal) {
      signal.throwIfAborted();
      sleeps.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

/** A remote with a test clock, without the environment's proxies, that keeps its events. */
export interface TestRemote extends Remote {
  readonly events: readonly RemoteEvent[];
  readonly clock: TestClock;
}

/** Makes a remote for one test; plain http unless told otherwise. */
export function testRemote(options: RemoteOptions = {}): TestRemote {
  const events: RemoteEvent[] = [];
  const clock = testClock();
  const remote = createRemote({
    plainHttp: true,
    env: {},
    clock,
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { ...remote, events, clock };
}

/** Everything that an iterable gives, in one piece. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** The error that a promise ends in. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

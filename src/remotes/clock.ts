import { setTimeout as delay } from 'node:timers/promises';

/** Time as the remote sees it; tests bring their own. */
export interface Clock {
  /** Milliseconds that never run backwards: ages and waits. */
  monotonic(): number;
  /** Milliseconds since 1970, for dates that others wrote. */
  wall(): number;
  /** @throws the signal's reason */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The machine's own clocks. */
export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};

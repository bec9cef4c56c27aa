import { constants } from 'node:os';
import { hasKind } from '../oci/errors.js';

/** What to do with the signals that this process gets. */
export interface SignalForwarding {
  /** Sends a signal to the task (Tasks.Kill); 'not found' ends the forwarding in silence. */
  readonly kill: (signal: number) => Promise<void>;
  /** Called with any other failure of `kill`. */
  readonly onError?: (error: unknown, name: NodeJS.Signals) => void;
  /** Called at each third SIGINT or SIGTERM within ten seconds: the user does not want to wait any longer. */
  readonly onForce?: (name: 'SIGINT' | 'SIGTERM') => void;
}

/**
 * Catchable signals that are not forwarded, though ctr forwards all but SIGURG (`ctr run` and `kill -SEGV`):
 * - SIGCHLD and SIGPIPE come from what this process does itself: its children, and its writes to a closed pipe.
 * - SIGPROF is the profiler's (`node --cpu-prof`), a thousand times a second.
 * - SIGBUS, SIGFPE, SIGILL, SIGSEGV and SIGTRAP report a fault of this process, which must not go on after it.
 * - SIGKILL and SIGSTOP cannot be caught at all, and Node has no names for the real-time signals (34 to 64).
 */
const notForwarded: ReadonlySet<string> = new Set([
  'SIGURG',
  ...['SIGCHLD', 'SIGPIPE', 'SIGPROF'],
  ...['SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGTRAP'],
  ...['SIGKILL', 'SIGSTOP'],
]);

const forceCount = 3;
const forceWindowMs = 10_000;

/** The signals that are forwarded, each number once (SIGIOT is SIGABRT, SIGPOLL is SIGIO). */
export function forwardedSignals(): readonly (readonly [name: NodeJS.Signals, number: number])[] {
  const byNumber = new Map<number, NodeJS.Signals>();
  for (const [name, number] of Object.entries(constants.signals) as [NodeJS.Signals, number][]) {
    if (!notForwarded.has(name) && !byNumber.has(number)) byNumber.set(number, name);
  }
  return [...byNumber].map(([number, name]) => [name, number] as const);
}

/**
 * Forwards signals to a task, in order, instead of letting them act on this process. Even after the task has gone they
 * do not act, so that nothing cuts the clean-up short, until the returned function is called.
 */
export function forwardSignals({ kill, onError, onForce }: SignalForwarding): () => void {
  let gone = false;
  let last = Promise.resolve();
  let impatience: number[] = [];

  const send = async (name: NodeJS.Signals, number: number) => {
    if (gone) return;
    try {
      await kill(number);
    } catch (error) {
      if (hasKind(error, 'not found')) gone = true;
      else onError?.(error, name);
    }
  };
  const countTowardsForce = (name: 'SIGINT' | 'SIGTERM') => {
    const now = performance.now();
    impatience = [...impatience.filter((time) => now - time < forceWindowMs), now];
    if (impatience.length < forceCount) return;
    impatience = [];
    onForce?.(name);
  };
  const listener = (name: NodeJS.Signals, number: number) => {
    last = last.then(() => send(name, number));
    if (name === 'SIGINT' || name === 'SIGTERM') countTowardsForce(name);
  };

  const signals = forwardedSignals().map(([name]) => name);
  for (const name of signals) process.on(name, listener);
  return () => {
    for (const name of signals) process.off(name, listener);
  };
}

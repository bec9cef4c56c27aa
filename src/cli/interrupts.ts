/** The signals that end tctr unless a command takes them over, with their numbers. */
export const endingSignals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** One of {@link endingSignals}. */
export type EndingSignal = keyof typeof endingSignals;

/** The reason of an aborted session: which signal it was. */
export class InterruptedError extends Error {
  constructor(readonly signal: EndingSignal) {
    super(`interrupted by ${signal}`);
    this.name = 'InterruptedError';
  }
}

/**
 * Turns the first ending signal into an abort, so that everything in flight unwinds through its `finally`; the second
 * one ends the process, for clean-up that itself hangs. One that comes when the work is done comes too late to undo it:
 * the process ends, with the status that it would have had.
 */
export class Interrupts {
  private readonly controller = new AbortController();
  private readonly handlers: (readonly [EndingSignal, () => void])[] = [];
  private owned = false;
  private finished: number | undefined;

  constructor(private readonly exit: (status: number) => void) {
    for (const name of Object.keys(endingSignals) as EndingSignal[]) {
      const handler = (): void => this.arrived(name);
      this.handlers.push([name, handler]);
      process.on(name, handler);
    }
  }

  /** Aborts at the first ending signal; its reason is an {@link InterruptedError}. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The signal that ended the session, if one did. */
  get received(): EndingSignal | undefined {
    const reason: unknown = this.controller.signal.reason;
    return reason instanceof InterruptedError ? reason.signal : undefined;
  }

  /** A command handles signals itself (it forwards them to a task) until it calls what this returns. */
  takeOver(): () => void {
    this.owned = true;
    return () => {
      this.owned = false;
    };
  }

  /** The work is done, with that status, whatever signal comes now; unless one has come before. */
  finish(status: number): void {
    if (!this.controller.signal.aborted) this.finished = status;
  }

  /** Ends the session as that signal would. */
  interrupt(signal: EndingSignal): void {
    this.controller.abort(new InterruptedError(signal));
  }

  /** Gives the signals back to the system. */
  dispose(): void {
    for (const [name, handler] of this.handlers) process.off(name, handler);
  }

  private arrived(signal: EndingSignal): void {
    if (this.finished !== undefined) return this.exit(this.finished);
    if (this.owned) return;
    if (this.controller.signal.aborted) this.exit(128 + endingSignals[signal]);
    else this.interrupt(signal);
  }
}

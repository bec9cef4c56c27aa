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
 * Turns the first ending signal into an abort, so that everything in flight unwinds through its
 * `finally`; the second one calls `force`, for clean-up that itself hangs.
 */
export class Interrupts {
  private readonly controller = new AbortController();
  private readonly handlers: (readonly [EndingSignal, () => void])[] = [];
  private owned = false;

  constructor(private readonly force: (signal: EndingSignal) => void) {
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

  /** Ends the session as that signal would. */
  interrupt(signal: EndingSignal): void {
    this.controller.abort(new InterruptedError(signal));
  }

  /** Gives the signals back to the system. */
  dispose(): void {
    for (const [name, handler] of this.handlers) process.off(name, handler);
  }

  private arrived(signal: EndingSignal): void {
    if (this.owned) return;
    if (this.controller.signal.aborted) this.force(signal);
    else this.interrupt(signal);
  }
}

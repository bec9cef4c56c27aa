import { hasKind } from '../oci/errors.js';
import { ContainerdError } from './errors.js';
import type { CallOptions } from './call.js';

/** Milliseconds of waiting after which the daemon is asked for a sign of life, and how long that may take. */
export interface PulseTimes {
  readonly interval: number;
  readonly patience: number;
}

/**
 * Notices a daemon that has stopped answering while calls wait on it. gRPC's own keepalive is no
 * choice: containerd's server ends connections that ping oftener than every five minutes.
 */
export class Pulse {
  /** A cheap call. */
  probe: ((options: CallOptions) => Promise<unknown>) | undefined;
  private readonly controller = new AbortController();
  private waiting = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly times: PulseTimes = { interval: 20_000, patience: 10_000 }) {}

  /** Aborts when the daemon is found dead; its reason says so. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** A call begins to wait; call the result when it ends. */
  enter(): () => void {
    this.waiting++;
    this.timer ??= this.arm();
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.waiting--;
      if (this.waiting > 0) return;
      clearTimeout(this.timer);
      this.timer = undefined;
    };
  }

  private arm(): NodeJS.Timeout {
    return setTimeout(() => void this.check(), this.times.interval).unref();
  }

  private async check(): Promise<void> {
    const timer = this.timer;
    const { patience } = this.times;
    try {
      await this.probe?.({ timeout: patience });
    } catch (error) {
      // A refused or lost connection is reported by the waiting calls themselves.
      if (hasKind(error, 'deadline exceeded')) {
        // Not 'unavailable', which is worth another try: this daemon has had its time.
        this.controller.abort(
          new ContainerdError('deadline exceeded', `containerd has not answered for ${patience / 1000} s`, {
            hint: 'is it stopped or overloaded? what it runs goes on',
          }),
        );
      }
    }
    if (this.timer === timer && this.waiting > 0) this.timer = this.arm();
  }
}

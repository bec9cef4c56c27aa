import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { Refusal } from './refusal.js';

/** What goes wrong with a call. */
export type Effect =
  | { readonly kind: 'status'; readonly code: keyof typeof status; readonly message: string }
  | { readonly kind: 'delay'; readonly ms: number }
  /** No answer until the client goes away. */
  | { readonly kind: 'hang' }
  /** The connection is lost. */
  | { readonly kind: 'cut' };

/** Which calls it happens to. */
export interface FaultMatch {
  /** `Images.Get`. */
  readonly method: string;
  /** How often, without end by default. */
  readonly times?: number;
  /** How many calls are spared first. */
  readonly skip?: number;
  /** The call takes effect first; only its answer is lost. */
  readonly after?: boolean;
}

interface Rule extends FaultMatch {
  readonly effect: Effect;
  left: number;
  spared: number;
}

/** The faults that tests have ordered. */
export class Faults {
  private readonly rules: Rule[] = [];

  constructor(private readonly cut: () => void) {}

  add(match: FaultMatch, effect: Effect): void {
    this.rules.push({ ...match, effect, left: match.times ?? Infinity, spared: match.skip ?? 0 });
  }

  clear(): void {
    this.rules.length = 0;
  }

  /** Lets happen what is ordered for this call, before or after its handler. */
  async strike(method: string, when: 'before' | 'after', signal: AbortSignal): Promise<void> {
    for (const rule of this.rules) {
      if (rule.method !== method || (rule.after === true) !== (when === 'after') || rule.left <= 0) continue;
      if (rule.spared-- > 0) continue;
      rule.left--;
      await this.perform(rule.effect, signal);
    }
  }

  private async perform(effect: Effect, signal: AbortSignal): Promise<void> {
    switch (effect.kind) {
      case 'status':
        throw new Refusal(status[effect.code], effect.message);
      case 'delay':
        return sleep(effect.ms, undefined, { signal });
      case 'cut':
        this.cut();
        return untilAborted(signal);
      case 'hang':
        return untilAborted(signal);
    }
  }
}

/** Waits until the client has gone away. @throws Error then. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const gone = (): void => reject(new Refusal(status.CANCELLED, 'the client went away'));
    if (signal.aborted) gone();
    else signal.addEventListener('abort', gone, { once: true });
  });
}

import type { Clock } from '../clock.js';

const enoughBytes = 1 << 20;
const enoughMs = 60_000;
const idleTries = 3;

/**
 * Decides whether a cut download is taken up again, as containers/image does: without end while it gets on (1 MiB or a
 * minute since the last cut), else three times.
 */
export class ResumePolicy {
  #triesLeft = idleTries;
  #lastOffset: number;
  #lastCut: number;

  constructor(
    readonly clock: Clock,
    offset: number,
  ) {
    this.#lastOffset = offset;
    this.#lastCut = clock.monotonic();
  }

  /** Call at each cut; gives the pause in milliseconds before the next try, or undefined to give up. */
  next(offset: number): number | undefined {
    const now = this.clock.monotonic();
    const gotOn =
      offset - this.#lastOffset >= enoughBytes ||
      (offset > this.#lastOffset && now - this.#lastCut >= enoughMs);
    this.#triesLeft = gotOn ? idleTries : this.#triesLeft - 1;
    this.#lastOffset = offset;
    this.#lastCut = now;
    if (this.#triesLeft < 0) return undefined;
    return gotOn ? 0 : 100 * 4 ** (idleTries - 1 - this.#triesLeft);
  }
}

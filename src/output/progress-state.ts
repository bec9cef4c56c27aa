import type { ProgressEvent, StatusEvent } from './progress-events.js';

/** All that was told so far. It grows with each event; renderers only read it. */
export class ProgressState {
  private readonly byName = new Map<string, StatusEvent>();
  private currentTitle = '';

  /** Takes in the next event. What an event leaves out, such as the digest, stays as it was. */
  add(event: ProgressEvent): void {
    if (event.kind === 'status') {
      this.byName.set(event.name, { ...this.byName.get(event.name), ...event });
    } else if (event.title) {
      this.currentTitle = event.text;
    }
  }

  /** In the order in which the names were first heard of. */
  get statuses(): ReadonlyMap<string, StatusEvent> {
    return this.byName;
  }

  /** The latest title; empty if there was none. */
  get title(): string {
    return this.currentTitle;
  }

  /** Bytes done by all. */
  get totalOffset(): bigint {
    let sum = 0n;
    for (const { offset } of this.byName.values()) sum += offset;
    return sum;
  }
}

import { formatHumanDuration } from '../output/units.js';

/** What a container is doing; times are nanoseconds since 1970. */
export type ShownState =
  | { readonly status: 'created' | 'unknown' }
  | { readonly status: 'running' | 'paused'; readonly since: bigint | undefined }
  | { readonly status: 'exited'; readonly exitCode: number; readonly at: bigint | undefined };

/** docker's STATUS: `Up 3 minutes`, `Exited (137) 2 hours ago`. */
export function statusText(state: ShownState, now: bigint): string {
  switch (state.status) {
    case 'created':
      return 'Created';
    case 'unknown':
      return 'Unknown';
    case 'running':
      return up(state.since, now);
    case 'paused':
      return `${up(state.since, now)} (Paused)`;
    case 'exited':
      return `Exited (${state.exitCode})${state.at === undefined ? '' : ` ${age(state.at, now)} ago`}`;
  }
}

function up(since: bigint | undefined, now: bigint): string {
  return since === undefined ? 'Up' : `Up ${age(since, now)}`;
}

/** Clocks differ: what is in the future has just been. */
function age(then: bigint, now: bigint): string {
  return formatHumanDuration(now > then ? now - then : 0n);
}

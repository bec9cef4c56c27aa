import type { Difference } from '../../support/compat/difference.js';

export const mountOfAnother: Difference = {
  reason: 'what is mounted has to be what was asked for',
  ctr: 'mounts whatever snapshot the target had the last time, of another image or not writable',
  tctr: 'refuses, and says how to take the old snapshot away',
  aspects: ['stdout', 'exit', 'mounts'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 0 &&
    tctr.outcome.status === 1 &&
    tctr.outcome.stderr.toString().includes('is there already'),
};

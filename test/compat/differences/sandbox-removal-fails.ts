import type { Difference } from '../../support/compat/difference.js';

export const sandboxRemovalFails: Difference = {
  reason: 'a script has to learn that a sandbox is still there',
  ctr: 'logs why a sandbox was not removed, and exits with 0',
  tctr: 'says why, and exits with 1',
  aspects: ['exit', 'logs', 'stderr'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 0 &&
    tctr.outcome.status === 1 &&
    ctr.outcome.stderr.toString().includes('level=error msg="failed to load sandbox nope"') &&
    tctr.outcome.stderr.toString().includes('failed to load sandbox nope'),
};

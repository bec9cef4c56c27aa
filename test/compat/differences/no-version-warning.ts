import type { Difference } from '../../support/compat/difference.js';

export const noVersionWarning: Difference = {
  reason: 'tctr is of no release of containerd, and works with all of them',
  ctr: 'warns on stderr where the daemon is of another release',
  tctr: 'does not',
  aspects: ['stderr'],
  versions: ['1.6', '1.7'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().includes('WARNING: version mismatch') && tctr.outcome.stderr.length === 0,
};

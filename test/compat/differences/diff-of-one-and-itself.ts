import type { Difference } from '../../support/compat/difference.js';

export const diffOfOneAndItself: Difference = {
  reason: 'nothing is a difference, too',
  ctr: 'needs the same name for two views, and says that it exists',
  tctr: 'writes a layer with nothing in it',
  aspects: ['stdout', 'exit', 'stderr'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().includes('-view-key": already exists') &&
    tctr.outcome.status === 0 &&
    tctr.outcome.stdout.length > 0,
};

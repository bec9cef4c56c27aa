import type { Difference } from '../../support/compat/difference.js';

export const mountLooksFirst: Difference = {
  reason: 'a folder that cannot be mounted on is known before anything is made',
  ctr: 'unpacks the image and prints its chain ID, and fails then',
  tctr: 'looks at the folder first',
  aspects: ['stdout'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stdout.toString().startsWith('sha256:') &&
    ctr.outcome.status === 1 &&
    tctr.outcome.stdout.length === 0 &&
    tctr.outcome.status === 1,
};

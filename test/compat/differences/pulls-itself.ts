import type { Difference } from '../../support/compat/difference.js';

export const pullsItself: Difference = {
  reason: 'who asks the registry is a means: an image is wanted, on whatever daemon',
  ctr: 'asks the transfer service without --local, though 1.6 has none and the one of 1.7 cannot do what is asked',
  tctr: 'pulls by itself where the daemon cannot',
  aspects: ['exit', 'stderr', 'images', 'snapshots', 'content'],
  versions: ['1.6', '1.7'],
  shows: ({ ctr, tctr }) => ctr.outcome.status === 1 && tctr.outcome.status === 0,
};

import type { Difference } from '../../support/compat/difference.js';

export const namedLast: Difference = {
  reason: 'an image that cannot be used has no name: it is given one when everything else is done',
  ctr: 'names the image before it unpacks, and leaves the name when that fails',
  tctr: 'leaves no name behind',
  aspects: ['images'],
  shows: ({ ctr, tctr }) => ctr.outcome.status === 1 && tctr.outcome.status === 1,
};

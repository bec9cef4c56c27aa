import type { Difference } from '../../support/compat/difference.js';

export const manifestIsPushed: Difference = {
  reason: 'what is said to be done has to be done',
  ctr: 'takes a manifest given by its digest to be empty: it pushes the blobs, says done, and the tag is not there',
  tctr: 'asks the store for the size, and pushes the manifest, too',
  aspects: ['probes'],
  shows: ({ ctr, tctr }) => ctr.outcome.status === 0 && tctr.outcome.status === 0,
};

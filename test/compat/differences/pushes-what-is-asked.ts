import type { Difference } from '../../support/compat/difference.js';

export const pushesWhatIsAsked: Difference = {
  reason: 'a platform that an image is not for is a mistake, and everything is not what was asked for',
  ctr: 'pushes all platforms, or by the daemon an index without any, where the image is not for the one given',
  tctr: 'pushes nothing, and says which platforms there are',
  aspects: ['exit', 'stderr'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 0 &&
    tctr.outcome.status === 1 &&
    tctr.outcome.stderr.toString().includes('no match for platform'),
};

import type { Difference } from '../../support/compat/difference.js';

export const twoSpellings: Difference = {
  reason: 'the last value of a flag wins; why not where it was spelled in two ways',
  ctr: 'refuses a flag that is given by two of its names',
  tctr: 'takes the last value',
  aspects: ['stdout', 'exit', 'stderr'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().includes('Cannot use two forms of the same flag') &&
    tctr.outcome.status === 0,
};

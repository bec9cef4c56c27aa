import type { Difference } from '../../support/compat/difference.js';

export const pushFlags: Difference = {
  reason: 'the flag already says what is wanted; there is one way to do it',
  ctr: 'refuses flags of a push that only its own registry client understands, unless --local is there, too',
  tctr: 'takes them, and pushes by itself',
  aspects: ['exit', 'stderr'],
  versions: ['2.1'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 1 &&
    ctr.outcome.stderr.toString().includes('requires "--local" flag') &&
    tctr.outcome.status === 0,
};

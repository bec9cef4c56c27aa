import type { Difference } from '../../support/compat/difference.js';

export const regexpIsOne: Difference = {
  reason: 'the argument is called a regular expression, and one that is read as a filter finds nothing',
  ctr: 'hands the argument of `content active` to the daemon as a filter',
  tctr: 'matches the refs with it, unless it is a filter',
  aspects: ['stdout'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stdout.toString().split('\n').length < 3 &&
    tctr.outcome.stdout.toString().split('\n').length > 2,
};

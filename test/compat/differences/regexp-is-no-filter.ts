import type { Difference } from '../../support/compat/difference.js';

export const regexpIsNoFilter: Difference = {
  reason: 'the argument is called a regular expression',
  ctr: 'refuses an argument of `content active` that is no filter',
  tctr: 'matches the refs with it',
  aspects: ['stdout', 'exit', 'stderr'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().includes('filters: parse error') && tctr.outcome.status === 0,
};

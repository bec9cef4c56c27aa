import type { Difference } from '../../support/compat/difference.js';

export const noTableOfAnError: Difference = {
  reason: 'a table without rows says that there is nothing',
  ctr: 'prints the header of a list that it could not get',
  tctr: 'prints the error alone',
  aspects: ['stdout'],
  shows: ({ ctr, tctr }) => ctr.outcome.stdout.length > 0 && tctr.outcome.stdout.length === 0,
};

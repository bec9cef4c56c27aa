import type { Difference } from '../../support/compat/difference.js';

export const flagsAnywhere: Difference = {
  reason: 'scripts written for ctr 1.x put flags last, and nothing that ctr takes begins with a dash',
  ctr: 'from 2.0 on takes a flag behind the first argument for one more argument; 1.x takes it for a flag',
  tctr: 'takes it for a flag on every release, except where the rest of the line is a command to run',
  aspects: ['exit', 'stderr', 'stdout'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 1 && tctr.outcome.status === 0 && tctr.outcome.stdout.length > 0,
};

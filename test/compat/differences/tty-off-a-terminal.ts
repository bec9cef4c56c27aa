import type { Difference } from '../../support/compat/difference.js';

export const ttyOffATerminal: Difference = {
  reason: 'a panic is no answer, least of all one that leaves a container behind',
  ctr: 'panics where --tty is given and no terminal is there, and leaves the container',
  tctr: 'says so in a line, and leaves nothing',
  aspects: ['exit', 'stderr', 'containers', 'snapshots'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 2 &&
    ctr.outcome.stderr.toString().includes('panic') &&
    tctr.outcome.status === 1 &&
    tctr.outcome.stderr.toString().trim().split('\n').length === 1,
};

import type { Difference } from '../../support/compat/difference.js';

export const stdinEnds: Difference = {
  reason: 'a pipe into a container has to come to its end',
  ctr: 'hangs for ever where its stdin ends before the task is created: nobody closes the container’s',
  tctr: 'closes the stdin of the container, which ends',
  aspects: ['exit', 'containers', 'tasks', 'snapshots'],
  shows: ({ ctr, tctr }) => ctr.outcome.status === 'deadline' && tctr.outcome.status === 0,
};

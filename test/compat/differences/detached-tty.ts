import type { Difference } from '../../support/compat/difference.js';

export const detachedTty: Difference = {
  reason: 'nobody is at the terminal of a container in the background yet, so none is needed',
  ctr: 'panics where --tty --detach is given and no terminal is there',
  tctr: 'runs the container; task attach gives it a terminal',
  aspects: ['exit', 'stderr', 'tasks'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().startsWith('panic') &&
    tctr.outcome.status === 0 &&
    (tctr.state.get('tasks') ?? '').includes('RUNNING'),
};

import type { Difference } from '../../support/compat/difference.js';

export const shimExecAttaches: Difference = {
  reason: 'ctr cannot run a process by its shim at all',
  ctr: 'wants a file for the process even where a command is given, and panics where it has one',
  tctr: 'runs the process, passes its output on, and ends with its status',
  aspects: ['stdout', 'stderr', 'exit'],
  shows: ({ ctr, tctr }) =>
    /^(?:ctr: (?:open|error creating fifo) : no such file|panic: )/.test(ctr.outcome.stderr.toString()) &&
    tctr.outcome.status === 7 &&
    tctr.outcome.stdout.toString().startsWith('said '),
};

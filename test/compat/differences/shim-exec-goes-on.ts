import type { Difference } from '../../support/compat/difference.js';

export const shimExecGoesOn: Difference = {
  reason: 'ctr cannot run a process by its shim at all',
  ctr: 'wants a file for the process even where a command is given, and runs nothing',
  tctr: 'starts the process in the background, its streams where they were asked to be',
  aspects: ['stderr', 'exit', 'probes'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().startsWith('ctr: open : no such file') &&
    tctr.outcome.status === 0 &&
    tctr.probes[0] !== ctr.probes[0],
};

import type { Difference } from '../../support/compat/difference.js';

export const failedSandboxGoes: Difference = {
  reason: 'what could not be started is of no use, and its record keeps the name from being used again',
  ctr: 'leaves the record of a sandbox that did not start',
  tctr: 'removes it again',
  aspects: ['probes'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 1 &&
    tctr.outcome.status === 1 &&
    /^box /m.test(ctr.probes[0] ?? '') &&
    !/^box /m.test(tctr.probes[0] ?? ''),
};

import type { Difference } from '../../support/compat/difference.js';

export const failedIngestGoes: Difference = {
  reason: 'what was refused is of no use to anyone, and a later try would go on from it',
  ctr: 'leaves the ingest that it could not commit',
  tctr: 'aborts it',
  aspects: ['probes'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 1 &&
    tctr.outcome.status === 1 &&
    (ctr.probes[0]?.split('\n').length ?? 0) > (tctr.probes[0]?.split('\n').length ?? 0),
};

import type { Difference } from '../../support/compat/difference.js';

export const blockIOWarnings: Difference = {
  reason: 'its library warns of devices of every class of the file, whichever class was asked for',
  ctr: 'warns on stderr of devices that are not there, and of schedulers that heed no weight',
  tctr: 'does not',
  aspects: ['stderr'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().includes('[ blockio ] WARN:') &&
    !tctr.outcome.stderr.toString().includes('[ blockio ]'),
};

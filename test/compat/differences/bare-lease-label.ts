import type { Difference } from '../../support/compat/difference.js';

export const bareLeaseLabel: Difference = {
  reason: 'a label without a value means true wherever else ctr takes labels',
  ctr: 'gives a lease an empty label, which the daemon forgets',
  tctr: 'sets it to true',
  aspects: ['leases'],
  shows: ({ ctr, tctr }) =>
    !/[ ,]a=/.test(ctr.state.get('leases') ?? '') && /[ ,]a=true\b/.test(tctr.state.get('leases') ?? ''),
};

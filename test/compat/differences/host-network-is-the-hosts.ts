import type { Difference } from '../../support/compat/difference.js';

export const hostNetworkIsTheHosts: Difference = {
  reason:
    'CNI plugins are for a network namespace of a container, and would change the addresses and routes of the machine',
  ctr: 'has the plugins of `run --cni --net-host` connect the network namespace of the machine itself',
  tctr: 'refuses the two flags together',
  aspects: ['stderr'],
  shows: ({ ctr, tctr }) =>
    !ctr.outcome.stderr.includes('specified together') &&
    tctr.outcome.stderr.includes('flags --cni and --net-host cannot be specified together'),
};

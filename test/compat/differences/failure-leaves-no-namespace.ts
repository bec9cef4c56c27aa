import type { Difference } from '../../support/compat/difference.js';

export const failureLeavesNoNamespace: Difference = {
  reason: 'what failed before it began leaves no trace',
  ctr: 'takes a lease before it looks whether it can do what it was asked, which makes a namespace that stays',
  tctr: 'looks first',
  aspects: ['namespaces'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 1 &&
    ctr.state.get('namespaces') !== '' &&
    tctr.outcome.status === 1 &&
    tctr.state.get('namespaces') === '',
};

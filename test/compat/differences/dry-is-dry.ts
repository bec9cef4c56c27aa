import type { Difference } from '../../support/compat/difference.js';

export const dryIsDry: Difference = {
  reason: 'a dry run changes nothing',
  ctr: 'makes and ends a lease in a dry run of `content prune references`, too: the collector runs, and a namespace is made',
  tctr: 'looks only',
  aspects: ['namespaces'],
  shows: ({ ctr, tctr }) => ctr.state.get('namespaces') !== '' && tctr.state.get('namespaces') === '',
};

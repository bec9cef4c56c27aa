import type { Difference } from '../../support/compat/difference.js';

export const labelPrints: Difference = {
  reason: 'who gives no labels wants to see them; what ctr says names a field that nobody asked about',
  ctr: 'sends an update without a field to update, which containerd refuses',
  tctr: 'prints the labels',
  aspects: ['stdout', 'exit', 'stderr'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 1 && tctr.outcome.status === 0 && tctr.outcome.stdout.toString().includes('='),
};

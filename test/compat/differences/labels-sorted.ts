import type { Difference } from '../../support/compat/difference.js';

export const labelsSorted: Difference = {
  reason: 'a script that compares two runs needs one order',
  ctr: 'prints the labels in an order that changes from run to run',
  tctr: 'prints the labels sorted by key',
  aspects: ['stdout'],
  shows: ({ ctr, tctr }) => {
    const [theirs, ours] = [ctr, tctr].map(({ outcome }) => outcome.stdout.toString().trim().split(',')) as [
      string[],
      string[],
    ];
    return ours.join() === ours.toSorted().join() && ours.join() === theirs.toSorted().join();
  },
};

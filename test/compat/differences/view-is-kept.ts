import type { Difference } from '../../support/compat/difference.js';

export const viewIsKept: Difference = {
  reason:
    'what was made by hand stays until it is deleted by hand; a parent of what was collected cannot be deleted',
  ctr: 'leaves a view to the collector, which may have it at any time',
  tctr: 'roots a view as both root what is prepared and committed',
  aspects: ['snapshots'],
  shows: ({ ctr, tctr }) => {
    const [theirs, ours] = [ctr, tctr].map(
      ({ state }) => (state.get('snapshots') ?? '').split('containerd.io/gc.root').length,
    );
    return ours === theirs! + 1 && (tctr.state.get('snapshots') ?? '').includes(' VIEW ');
  },
};

import type { Difference } from '../../support/compat/difference.js';

export const unpackHeedsTheTopic: Difference = {
  reason: 'a flag of the whole topic counts for each of its commands',
  ctr: 'takes no notice of --snapshotter before unpack',
  tctr: 'unpacks for that snapshotter',
  aspects: ['snapshots'],
  shows: ({ ctr, tctr }) =>
    (ctr.state.get('snapshots') ?? '').includes('sha256:') &&
    !(tctr.state.get('snapshots') ?? '').includes('sha256:'),
};

import type { Difference } from '../../support/compat/difference.js';

export const pinnedStay: Difference = {
  reason: 'without the image of its sandboxes the kubelet can start no pod',
  ctr: 'prunes images that Kubernetes has pinned',
  tctr: 'leaves them',
  aspects: ['logs', 'images', 'content', 'snapshots'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().includes('deleted image') &&
    !tctr.outcome.stderr.toString().includes('deleted image'),
};

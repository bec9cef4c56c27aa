import type { Difference } from '../../support/compat/difference.js';

export const shimSpeaksBoth: Difference = {
  reason: 'which version of the API a shim speaks is its own affair, and one question tells',
  ctr: '2.x asks the shims of containerd 1.x in the version of its own, which they do not know',
  tctr: 'asks such a shim again in the older one',
  aspects: ['stdout', 'stderr', 'exit'],
  versions: ['1.6', '1.7'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().includes('service containerd.task.v3.Task') &&
    tctr.outcome.status === 0 &&
    tctr.outcome.stdout.toString().includes('"id": "box"'),
};

import type { Difference } from '../../support/compat/difference.js';

export const laterFlags: Difference = {
  reason: 'these flags of run and container create are still to come',
  ctr: 'knows --uidmap, --gidmap, --cni, --gpus, --blockio-class and --apparmor-default-profile',
  tctr: 'does not, and says so',
  aspects: ['stdout', 'stderr'],
  shows: ({ ctr, tctr }) =>
    !ctr.outcome.stderr.toString().includes('not defined') &&
    tctr.outcome.stderr.toString().includes('flag provided but not defined'),
};

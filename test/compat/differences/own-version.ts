import type { Difference } from '../../support/compat/difference.js';

const client = /^Client:\n(?: {2}.*\n)+/;

export const ownVersion: Difference = {
  reason: 'the client is tctr, made with Node.js; that it is not the daemon’s release is no news',
  ctr: 'prints its own release and the version of Go, and warns where the daemon is of another release',
  tctr: 'prints its own version and the version of Node.js, and does not warn',
  aspects: ['stdout'],
  shows: ({ ctr, tctr }) => {
    const [theirs, ours] = [ctr.outcome.stdout.toString(), tctr.outcome.stdout.toString()];
    return (
      /Go version: go\d/.test(theirs) &&
      /Node version: v?\d/.test(ours) &&
      theirs.replace(client, '') === ours.replace(client, '')
    );
  },
};

import type { Difference } from '../../support/compat/difference.js';

export const progressLines: Difference = {
  reason: 'a log file is no terminal: frames with escapes ten times a second drown what it is read for',
  ctr: 'draws its progress with terminal escapes, frame after frame, wherever stdout goes',
  tctr: 'off a terminal writes a line only where it says something new, without escapes',
  aspects: ['stdout'],
  shows: ({ ctr, tctr }) => {
    const [theirs, ours] = [ctr.outcome.stdout.toString(), tctr.outcome.stdout.toString()];
    const lines = ours.split('\n').filter((line) => line !== '');
    // A short one may have a single frame, which moves nowhere yet.
    const drawn = /\x1b\[|\telapsed: /.test(theirs);
    return drawn && !ours.includes('\x1b') && new Set(lines).size === lines.length;
  },
};

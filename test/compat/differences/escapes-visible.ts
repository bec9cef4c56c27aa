import type { Difference } from '../../support/compat/difference.js';

const even = (text: string): string => text.replaceAll(/ +/g, ' ');

export const escapesVisible: Difference = {
  reason: 'labels and names come from images of anybody: what is printed must not steer the terminal',
  ctr: 'prints control characters as they are',
  tctr: 'writes them as escapes that can be seen',
  aspects: ['stdout'],
  shows: ({ ctr, tctr }) => {
    const [theirs, ours] = [ctr.outcome.stdout.toString(), tctr.outcome.stdout.toString()];
    return (
      theirs.includes('\x1b') &&
      even(theirs).replaceAll('\x1b', '\\x1b').replaceAll('\x07', '\\x07') === even(ours)
    );
  },
};

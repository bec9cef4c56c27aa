import type { CompatCase } from '../../support/compat/case.js';

const refused = 'subscription error: failed parsing subscription filters';

/** `ctr events`, where it ends by itself. */
export const eventCases: readonly CompatCase[] = [
  { name: 'a bad filter', argv: ['events', '|'], message: refused, state: [] },
  {
    name: 'a bad filter behind a good one',
    argv: ['event', 'namespace==x', 'topic=='],
    message: refused,
    state: [],
  },
];

import type { Difference } from '../../support/compat/difference.js';

export const ingestGoesOnFromAPipe: Difference = {
  reason: 'what the store holds need not be written again, wherever the bytes come from',
  ctr: 'goes on from an unfinished ingest only where stdin is a file',
  tctr: 'passes over the bytes that the ingest holds, and commits what the whole input hashes to',
  aspects: ['exit', 'stderr'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stderr.toString().includes('failed to seek') && tctr.outcome.status === 0,
};

import type { Difference } from '../../support/compat/difference.js';
import type { Result } from '../../support/compat/compare.js';

/** What the compressed layers have in them, by digest. */
const layers = ({ state }: Result): string =>
  [...(state.get('content') ?? '').matchAll(/^(sha256:\w+) containerd\.io\/uncompressed=(sha256:\w+)$/gm)]
    .flatMap(([, digest, text]) => (digest === text ? [] : [text]))
    .sort()
    .join();
const images = ({ state }: Result): string =>
  (state.get('images') ?? '').replaceAll(/sha256:\w+ +[\d.]+ \w+/g, 'DIGEST SIZE').replaceAll(/ +/g, ' ');

export const ownGzip: Difference = {
  reason: 'no two gzips write the same bytes for a text; what is in them is the same',
  ctr: "compresses layers with Go's gzip, so that the image has one digest",
  tctr: 'compresses them with zlib where the daemon does not do it, so that it has another',
  aspects: ['stdout', 'images', 'content'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.status === 0 &&
    tctr.outcome.status === 0 &&
    layers(ctr) !== '' &&
    layers(ctr) === layers(tctr) &&
    images(ctr) === images(tctr),
};

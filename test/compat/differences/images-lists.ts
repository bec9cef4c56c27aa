import type { Difference } from '../../support/compat/difference.js';

export const imagesLists: Difference = {
  reason: 'docker images is what most people mean; image, and images --help, show the help still',
  ctr: 'prints the help of image for the bare word images',
  tctr: 'lists the images as docker does',
  aspects: ['stdout'],
  shows: ({ ctr, tctr }) =>
    ctr.outcome.stdout.toString().startsWith('NAME:') &&
    tctr.outcome.stdout.toString().startsWith('REPOSITORY'),
};

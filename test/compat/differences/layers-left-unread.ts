import type { Difference } from '../../support/compat/difference.js';

const label = /containerd\.io\/uncompressed=sha256:[0-9a-f]{64},?/g;

export const layersLeftUnread: Difference = {
  reason: 'a layer that stays as it is need not be decompressed to learn what its label would say',
  ctr: 'decompresses every layer that was never unpacked, and labels it with the digest of what is in it',
  tctr: 'reads the layers that it converts, and labels those',
  aspects: ['content'],
  versions: ['2.1'],
  shows: ({ ctr, tctr }) => {
    const [theirs = '', ours = ''] = [ctr, tctr].map(({ state }) => state.get('content'));
    const without = (text: string): string => text.replaceAll(label, '').replaceAll(/,$/gm, '');
    return theirs !== ours && without(theirs) === without(ours) && theirs.length > ours.length;
  },
};

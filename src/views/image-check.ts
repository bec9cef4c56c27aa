import type { CheckedImage } from '../ops/check-images.js';
import type { Descriptor } from '../oci/descriptor.js';
import { tableStyles } from '../output/table-layout.js';
import { formatBytes } from '../output/units.js';
import type { ListView } from './list-view.js';

/** ctr's `image check`. */
export const imageCheck: ListView<CheckedImage> = {
  style: tableStyles.narrow,
  columns: [
    { title: 'REF', text: ({ image }) => image.name },
    { title: 'TYPE', text: ({ image }) => image.target.mediaType },
    { title: 'DIGEST', text: ({ image }) => image.target.digest },
    { title: 'STATUS', text: statusText },
    { title: 'SIZE', text: sizeText },
    { title: 'UNPACKED', text: ({ unpacked }) => String(unpacked) },
  ],
  padsLastCell: false,
  quiet: ({ image }) => image.name,
  json: (row) => ({
    Name: row.image.name,
    MediaType: row.image.target.mediaType,
    Digest: row.image.target.digest,
    Status: statusOf(row),
    Size: sizeOf(row.present),
    Unpacked: row.unpacked,
  }),
};

/** Whether all that this machine needs of an image is here, and unpacked. */
export function isReady(row: CheckedImage): boolean {
  return statusOf(row) === 'complete' && row.unpacked;
}

function statusOf({ required, present, contentError }: CheckedImage): string {
  if (contentError) return 'error';
  if (!required) return 'unavailable';
  return present.length < required.length ? 'incomplete' : 'complete';
}

function statusText(row: CheckedImage): string {
  if (row.contentError) return 'error';
  return `${statusOf(row)} (${row.present.length}/${row.required?.length ?? '?'})`;
}

function sizeText({ required, present, contentError }: CheckedImage): string {
  if (contentError) return '-';
  return `${formatBytes(sizeOf(present))}/${required ? formatBytes(sizeOf(required)) : '?'}`;
}

function sizeOf(descriptors: readonly Descriptor[]): bigint {
  return descriptors.reduce((sum, { size }) => sum + size, 0n);
}

import type { Image } from '../client/images.js';
import { formatPlatform } from '../oci/platform.js';
import type { Platform } from '../oci/descriptor.js';
import { formatLabels } from '../output/labels.js';
import { tableStyles } from '../output/table-layout.js';
import { formatBytes } from '../output/units.js';
import type { ListView } from './list-view.js';

/** An image with what its blobs say. */
export interface ImageRow {
  readonly image: Image;
  /** Bytes of the content that the local platform needs. */
  readonly size: bigint;
  readonly platforms: readonly Platform[];
  /** Why the size or the platforms are not known. */
  readonly sizeError?: string;
  readonly platformError?: string;
}

/** ctr's `image ls`. */
export const imageList: ListView<ImageRow> = {
  style: tableStyles.narrow,
  columns: [
    { title: 'REF', text: ({ image }) => image.name },
    { title: 'TYPE', text: ({ image }) => image.target.mediaType },
    { title: 'DIGEST', text: ({ image }) => image.target.digest },
    { title: 'SIZE', text: ({ size }) => formatBytes(size) },
    { title: 'PLATFORMS', text: ({ platforms }) => platformNames(platforms).join(',') || '-' },
    { title: 'LABELS', text: ({ image }) => formatLabels(image.labels) || '-' },
  ],
  padsLastCell: true,
  quiet: ({ image }) => image.name,
  json: ({ image, size, platforms }) => ({
    Name: image.name,
    MediaType: image.target.mediaType,
    Digest: image.target.digest,
    Size: size,
    Platforms: platformNames(platforms),
    Labels: image.labels,
  }),
};

function platformNames(platforms: readonly Platform[]): string[] {
  return [...new Set(platforms.map((platform) => formatPlatform(platform)))].sort();
}

import type { SnapshotUsage } from '../ops/snapshot-usage.js';
import { tableStyles } from '../output/table-layout.js';
import { formatBytes } from '../output/units.js';
import type { ListView } from './list-view.js';

/** ctr's `snapshot usage`; with `-b` sizes are plain bytes. */
export function snapshotUsage({ bytes }: { readonly bytes: boolean }): ListView<SnapshotUsage> {
  return {
    style: tableStyles.narrow,
    columns: [
      { title: 'KEY', text: ({ key }) => key },
      { title: 'SIZE', text: ({ size }) => (bytes ? String(size) : formatBytes(size)) },
      { title: 'INODES', text: ({ inodes }) => String(inodes) },
    ],
    padsLastCell: true,
    quiet: ({ key }) => key,
    json: ({ key, size, inodes }) => ({ Key: key, Size: size, Inodes: inodes }),
  };
}

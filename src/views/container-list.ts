import type { Container } from '../client/containers.js';
import { tableStyles } from '../output/table-layout.js';
import type { ListView } from './list-view.js';

/** ctr's `container ls`. */
export const containerList: ListView<Container> = {
  style: tableStyles.wide,
  columns: [
    { title: 'CONTAINER', text: (container) => container.id },
    { title: 'IMAGE', text: (container) => container.image || '-' },
    { title: 'RUNTIME', text: (container) => container.runtime?.name ?? '' },
  ],
  padsLastCell: true,
  quiet: (container) => container.id,
  json: ({ id, image, runtime, labels, snapshotter, snapshotKey }) => ({
    ID: id,
    Image: image,
    Runtime: runtime?.name ?? '',
    Labels: labels,
    Snapshotter: snapshotter,
    SnapshotKey: snapshotKey,
  }),
};

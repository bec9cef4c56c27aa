import type { Lease } from '../client/leases.js';
import { formatLabelCell } from '../output/labels.js';
import { tableStyles } from '../output/table-layout.js';
import { formatRfc3339Local, formatRfc3339Nano } from '../output/time.js';
import type { ListView } from './list-view.js';

const never = { seconds: -62_135_596_800n, nanos: 0 };

/** ctr's `leases ls`. */
export const leaseList: ListView<Lease> = {
  style: tableStyles.narrow,
  columns: [
    { title: 'ID', text: ({ id }) => id },
    { title: 'CREATED AT', text: ({ createdAt }) => formatRfc3339Local(createdAt ?? never) },
    { title: 'LABELS', text: ({ labels }) => formatLabelCell(labels) },
  ],
  padsLastCell: true,
  quiet: ({ id }) => id,
  json: ({ id, createdAt, labels }) => ({
    ID: id,
    CreatedAt: formatRfc3339Nano(createdAt ?? never),
    Labels: labels,
  }),
};

import type { Sandbox } from '../client/sandboxes.js';
import { tableStyles } from '../output/table-layout.js';
import { formatGoTime, formatRfc3339Nano } from '../output/time.js';
import type { ListView } from './list-view.js';

const never = { seconds: -62_135_596_800n, nanos: 0 };

/** ctr's `sandboxes list`. */
export const sandboxList: ListView<Sandbox> = {
  style: tableStyles.narrow,
  columns: [
    { title: 'ID', text: ({ sandboxId }) => sandboxId },
    { title: 'CREATED', text: ({ createdAt }) => formatGoTime(createdAt ?? never) },
    { title: 'RUNTIME', text: ({ runtime }) => runtime?.name ?? '' },
  ],
  padsLastCell: true,
  quiet: ({ sandboxId }) => sandboxId,
  json: ({ sandboxId, createdAt, runtime, labels }) => ({
    ID: sandboxId,
    CreatedAt: formatRfc3339Nano(createdAt ?? never),
    Runtime: runtime?.name ?? '',
    Labels: labels,
  }),
};

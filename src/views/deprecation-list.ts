import type { ServerResponse } from '../client/introspection.js';
import { tableStyles } from '../output/table-layout.js';
import { formatRfc3339Nano } from '../output/time.js';
import type { ListView } from './list-view.js';

const never = { seconds: 0n, nanos: 0 };

/** ctr's `deprecations list`. */
export const deprecationList: ListView<ServerResponse['deprecations'][number]> = {
  style: tableStyles.wide,
  columns: [
    { title: 'ID', text: ({ id }) => id },
    { title: 'LAST OCCURRENCE', text: ({ lastOccurrence }) => formatRfc3339Nano(lastOccurrence ?? never) },
    { title: 'MESSAGE', text: ({ message }) => message },
  ],
  padsLastCell: false,
  quiet: ({ id }) => id,
  json: ({ id, message, lastOccurrence }) => ({
    id,
    message,
    lastOccurrence: formatRfc3339Nano(lastOccurrence ?? never),
  }),
};

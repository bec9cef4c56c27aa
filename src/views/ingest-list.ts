import type { Status } from '../client/content.js';
import { tableStyles } from '../output/table-layout.js';
import { timestampOf, unixNanoseconds } from '../output/time.js';
import { formatHumanDuration, formatHumanSize } from '../output/units.js';
import { timeField } from './time-field.js';
import type { ListView } from './list-view.js';

/** ctr's `content active`, with ages as of a time in milliseconds. */
export function ingestList(now: number): ListView<Status> {
  const instant = unixNanoseconds(timestampOf(now));
  return {
    style: tableStyles.tabbed,
    columns: [
      { title: 'REF', text: ({ ref }) => ref },
      { title: 'SIZE', text: ({ offset }) => formatHumanSize(offset) },
      {
        title: 'AGE',
        text: ({ startedAt }) =>
          startedAt ? formatHumanDuration(instant - unixNanoseconds(startedAt)) : '-',
      },
    ],
    padsLastCell: true,
    quiet: ({ ref }) => ref,
    json: ({ ref, offset, total, expected, startedAt, updatedAt }) => ({
      Ref: ref,
      Offset: offset,
      Total: total,
      Expected: expected,
      StartedAt: timeField(startedAt),
      UpdatedAt: timeField(updatedAt),
    }),
  };
}

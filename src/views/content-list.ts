import type { ContentInfo } from '../client/content.js';
import { formatLabelCell } from '../output/labels.js';
import { tableStyles } from '../output/table-layout.js';
import { timestampOf, unixNanoseconds } from '../output/time.js';
import { formatHumanDuration, formatHumanSize } from '../output/units.js';
import type { ListView } from './list-view.js';
import { timeField } from './time-field.js';

/** ctr's `content list`, with ages as of a time in milliseconds. */
export function contentList(now: number): ListView<ContentInfo> {
  const instant = unixNanoseconds(timestampOf(now));
  return {
    style: tableStyles.tabbed,
    columns: [
      { title: 'DIGEST', text: ({ digest }) => digest },
      { title: 'SIZE', text: ({ size }) => formatHumanSize(size) },
      {
        title: 'AGE',
        text: ({ createdAt }) =>
          createdAt ? formatHumanDuration(instant - unixNanoseconds(createdAt)) : '-',
      },
      { title: 'LABELS', text: ({ labels }) => formatLabelCell(labels) },
    ],
    padsLastCell: false,
    padsHeader: false,
    quiet: ({ digest }) => digest,
    json: ({ digest, size, labels, createdAt, updatedAt }) => ({
      Digest: digest,
      Size: size,
      CreatedAt: timeField(createdAt),
      UpdatedAt: timeField(updatedAt),
      Labels: labels,
    }),
  };
}

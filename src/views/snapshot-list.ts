import { SnapshotKind, type SnapshotInfo } from '../client/snapshots.js';
import type { JsonObject } from '../output/json.js';
import { tableStyles } from '../output/table-layout.js';
import { formatRfc3339Nano, type Timestamp } from '../output/time.js';
import type { ListView } from './list-view.js';

/** ctr's `snapshot ls`. */
export const snapshotList: ListView<SnapshotInfo> = {
  style: tableStyles.narrow,
  columns: [
    { title: 'KEY', text: (snapshot) => snapshot.name },
    { title: 'PARENT', text: (snapshot) => snapshot.parent },
    { title: 'KIND', text: (snapshot) => kindName(snapshot.kind) },
  ],
  padsLastCell: true,
  quiet: (snapshot) => snapshot.name,
  json: snapshotInfo,
};

/** ctr's `snapshot info`. */
export function snapshotInfo({ kind, name, parent, labels, createdAt, updatedAt }: SnapshotInfo): JsonObject {
  return {
    Kind: kindName(kind),
    Name: name,
    ...(parent === '' ? {} : { Parent: parent }),
    ...(labels.size === 0 ? {} : { Labels: labels }),
    Created: time(createdAt),
    Updated: time(updatedAt),
  };
}

function kindName(kind: SnapshotKind): string {
  switch (kind) {
    case SnapshotKind.ACTIVE:
      return 'Active';
    case SnapshotKind.VIEW:
      return 'View';
    case SnapshotKind.COMMITTED:
      return 'Committed';
    default:
      return 'Unknown';
  }
}

function time(timestamp: Timestamp | undefined): string {
  return formatRfc3339Nano(timestamp ?? { seconds: -62_135_596_800n, nanos: 0 });
}

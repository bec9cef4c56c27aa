import { listFlags } from '../../cli/list-flags.js';
import { SnapshotCommand } from '../../cli/snapshot-command.js';
import type { SnapshotInfo } from '../../client/snapshots.js';
import { renderList } from '../../views/render-list.js';
import { snapshotList } from '../../views/snapshot-list.js';

export class SnapshotList extends SnapshotCommand {
  static override summary = 'list snapshots';
  static override aliases = ['ls'];
  static override flags = listFlags;
  static override texts = {
    examples: [
      ['snapshot ls', 'those of overlayfs'],
      ['snapshot --snapshotter native ls', 'those of another snapshotter'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(SnapshotList);
    const rows: SnapshotInfo[] = [];
    try {
      for await (const row of (await this.snapshots()).list()) rows.push(row);
    } catch (error) {
      throw this.advised(error);
    }
    this.print(await renderList(rows, snapshotList, flags));
  }
}

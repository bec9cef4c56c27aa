import { bool } from '../../cli/flags.js';
import { listFlags } from '../../cli/list-flags.js';
import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { snapshotUsages } from '../../ops/snapshot-usage.js';
import { renderList } from '../../views/render-list.js';
import { snapshotUsage } from '../../views/snapshot-usage.js';

export class SnapshotUsage extends SnapshotCommand {
  static override summary = 'show the disk space and inodes of snapshots';
  static override flags = { b: bool({ summary: 'sizes in bytes' }), ...listFlags };
  static override texts = {
    args: '[<key>...]',
    description: 'Without keys: of all. A snapshot is counted without those that it stands on.',
    examples: [
      ['snapshot usage', 'of all'],
      ['snapshot usage -b web', 'of one, in bytes'],
    ],
    docker: 'docker ps -s',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(SnapshotUsage);
    try {
      const usages = await snapshotUsages(await this.snapshots(), this.words);
      this.print(await renderList(usages, snapshotUsage({ bytes: flags.b }), flags));
    } catch (error) {
      throw this.advised(error);
    }
  }
}

import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { formatJson } from '../../output/json.js';
import { snapshotInfo } from '../../views/snapshot-list.js';

export class SnapshotInfo extends SnapshotCommand {
  static override summary = 'show what is known of a snapshot, as JSON';
  static override texts = {
    args: '<key>',
    examples: [['snapshot info web', 'its kind, parent, labels and times']],
  } as const;

  async run(): Promise<void> {
    this.expectWords(1);
    const [key = ''] = this.words;
    try {
      const info = await (await this.snapshots()).stat(key);
      this.print(`${formatJson(snapshotInfo(info), { indent: 4, terminalSafe: true })}\n`);
    } catch (error) {
      throw this.advised(error);
    }
  }
}

import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { mountCommands } from '../../views/mounts.js';

export class SnapshotMounts extends SnapshotCommand {
  static override summary = 'print the commands that mount a snapshot';
  static override aliases = ['m', 'mount'];
  static override texts = {
    args: '<target> <key>',
    examples: [['snapshot mounts /mnt work', 'to be run by a shell: … | sh']],
  } as const;

  async run(): Promise<void> {
    this.expectWords(2);
    const [target = '', key = ''] = this.words;
    try {
      this.print(mountCommands(await (await this.snapshots()).mounts(key), target));
    } catch (error) {
      throw this.advised(error);
    }
  }
}

import { mountFlags } from '../../cli/mount-flags.js';
import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { keptNow } from '../../ops/gc-labels.js';
import { formatJson } from '../../output/json.js';
import { mountCommands, mountsJson } from '../../views/mounts.js';

export class SnapshotPrepare extends SnapshotCommand {
  static override summary = 'make a writable snapshot, empty or on a committed one';
  static override flags = mountFlags;
  static override texts = {
    args: '<key> [<parent>]',
    examples: [['snapshot prepare -t /mnt work base', 'and print how to mount it on /mnt']],
  } as const;

  async run(): Promise<void> {
    this.expectWords(1, 2);
    const flags = await this.flags(SnapshotPrepare);
    const [key = '', parent = ''] = this.words;
    try {
      const mounts = await (await this.snapshots()).prepare(key, parent, keptNow());
      if (flags.target) this.print(mountCommands(mounts, flags.target));
      if (flags.mounts) {
        this.print(`${formatJson(mountsJson(mounts), { indent: 4, terminalSafe: true })}\n`);
      }
    } catch (error) {
      throw this.advised(error);
    }
  }
}

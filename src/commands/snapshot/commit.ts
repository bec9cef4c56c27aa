import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { keptNow } from '../../ops/gc-labels.js';

export class SnapshotCommit extends SnapshotCommand {
  static override summary = 'make a committed snapshot of an active one';
  static override texts = {
    args: '<key> <active>',
    description: 'The active one is gone then; others can be prepared on the committed one.',
    examples: [['snapshot commit base work', 'work becomes base']],
    docker: 'docker commit',
  } as const;

  async run(): Promise<void> {
    this.expectWords(2);
    const [key = '', active = ''] = this.words;
    try {
      await (await this.snapshots()).commit(key, active, keptNow());
    } catch (error) {
      throw this.advised(error);
    }
  }
}

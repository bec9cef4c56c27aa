import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { prefixed } from '../../oci/errors.js';

export class SnapshotDelete extends SnapshotCommand {
  static override summary = 'delete snapshots that nothing stands on';
  static override aliases = ['del', 'remove', 'rm'];
  static override texts = {
    args: '<key> [<key>...]',
    description: 'In the order given: children first. Stops at the first that cannot be deleted.',
    examples: [['snapshot rm child parent', 'two that stand on each other']],
  } as const;

  async run(): Promise<void> {
    const snapshots = await this.snapshots();
    for (const key of this.words) {
      try {
        await snapshots.remove(key);
      } catch (error) {
        throw prefixed(`failed to remove ${JSON.stringify(key)}`, this.advised(error));
      }
    }
  }
}

import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { snapshotTree, type TreeEntry } from '../../views/snapshot-tree.js';

export class SnapshotTree extends SnapshotCommand {
  static override summary = 'show which snapshot stands on which';
  static override texts = {
    examples: [['snapshot tree', 'images’ layers, and what was made on them']],
  } as const;

  async run(): Promise<void> {
    const entries: TreeEntry[] = [];
    try {
      for await (const { name, parent } of (await this.snapshots()).list()) entries.push({ name, parent });
    } catch (error) {
      throw this.advised(error);
    }
    this.print(snapshotTree(entries));
  }
}

import { SnapshotCommand } from '../../cli/snapshot-command.js';
import { formatLabels, parseLabelArguments } from '../../output/labels.js';
import { safe } from '../../output/safe.js';

export class SnapshotLabel extends SnapshotCommand {
  static override summary = 'set or remove labels of a snapshot';
  static override texts = {
    args: '<key> [<key>=<value>...]',
    description:
      'Prints the labels that result. An empty value removes a label: key=\n' +
      'Without containerd.io/gc.root, and with nothing that refers to it, a snapshot is collected.',
    examples: [['snapshot label web tier=front owner=', 'set one, remove one']],
  } as const;

  async run(): Promise<void> {
    const [key = '', ...given] = this.words;
    const changes = parseLabelArguments(given);
    const snapshots = await this.snapshots();
    try {
      const { labels } =
        changes.size === 0 ? await snapshots.stat(key) : await snapshots.setLabels(key, changes);
      this.print(`${safe(formatLabels(labels))}\n`);
    } catch (error) {
      throw this.advised(error);
    }
  }
}

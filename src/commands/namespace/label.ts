import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { parseLabelArguments } from '../../output/labels.js';

export class NamespaceLabel extends TctrCommand {
  static override summary = 'set or remove labels of a namespace';
  static override texts = {
    args: '<name> [<key>=<value>...]',
    description: 'An empty value removes the label: key=',
    examples: [['namespace label test containerd.io/defaults/snapshotter=native', 'choose its snapshotter']],
  } as const;

  async run(): Promise<void> {
    const [name, ...labels] = this.words;
    if (!name) throw new UsageError('please specify a namespace');
    const client = await this.client();
    for (const [key, value] of parseLabelArguments(labels))
      await client.namespaces.setLabel(name, key, value);
  }
}

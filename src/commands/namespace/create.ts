import { TctrCommand } from '../../cli/command.js';
import { parseLabelArguments } from '../../output/labels.js';
import { UsageError } from '../../cli/errors.js';

export class NamespaceCreate extends TctrCommand {
  static override summary = 'create a namespace';
  static override aliases = ['c'];
  static override texts = {
    args: '<name> [<key>=<value>...]',
    examples: [['namespace create test owner=me', 'with a label']],
  } as const;

  async run(): Promise<void> {
    const [name, ...labels] = this.words;
    if (!name) throw new UsageError('please specify a namespace');
    const client = await this.client();
    await client.namespaces.create(name, parseLabelArguments(labels));
  }
}

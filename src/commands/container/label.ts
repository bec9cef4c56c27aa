import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { formatLabels, parseLabelArguments } from '../../output/labels.js';
import { safe } from '../../output/safe.js';

export class ContainerLabel extends TctrCommand {
  static override summary = 'set or remove labels of a container';
  static override texts = {
    args: '<container> [<key>=<value>...]',
    description: 'Prints the labels that result. An empty value removes a label: key=',
    examples: [['container label web tier=front owner=', 'set one, remove one']],
  } as const;

  async run(): Promise<void> {
    const [id, ...given] = this.words;
    if (!id) throw new UsageError('container id must be provided: invalid argument');
    const changes = parseLabelArguments(given);
    const client = await this.client();
    const container = await client.containers.get(id);
    const updated =
      changes.size === 0
        ? container
        : await client.containers.update(
            { ...container, labels: changes },
            [...changes.keys()].map((key) => `labels.${key}`),
          );
    this.print(`${safe(formatLabels(updated.labels))}\n`);
  }
}

import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool } from '../../cli/flags.js';
import { formatLabels, parseLabelArguments } from '../../output/labels.js';
import { safe } from '../../output/safe.js';

export class ImageLabel extends TctrCommand {
  static override summary = 'set or remove labels of an image name';
  static override flags = {
    'replace-all': bool({ summary: 'replace all labels by the given ones', aliases: ['r'] }),
  };
  static override texts = {
    args: '<ref> [<key>=<value>...]',
    description: 'Prints the labels that result. An empty value removes a label: key=',
    examples: [['image label docker.io/library/nginx:alpine owner=web', 'set one']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageLabel);
    const [name, ...given] = this.words;
    if (!name) throw new UsageError('please specify an image');
    const labels = parseLabelArguments(given);
    const client = await this.client();
    const image = await client.images.get(name);
    const fields = flags['replace-all'] ? ['labels'] : [...labels.keys()].map((key) => `labels.${key}`);
    const updated = fields.length === 0 ? image : await client.images.update({ ...image, labels }, fields);
    this.print(`${safe(formatLabels(updated.labels))}\n`);
  }
}

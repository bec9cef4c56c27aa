import { TctrCommand } from '../../cli/command.js';
import { parseDigest } from '../../oci/digest.js';
import { formatLabels, parseLabelArguments } from '../../output/labels.js';
import { safe } from '../../output/safe.js';

export class ContentLabel extends TctrCommand {
  static override summary = 'set or remove labels of a blob';
  static override texts = {
    args: '<digest> [<key>=<value>...]',
    description: 'Prints the labels that result. An empty value removes a label: key=',
    examples: [['content label sha256:… containerd.io/gc.root=mine', 'keep it from the collector']],
  } as const;

  async run(): Promise<void> {
    const [word = '', ...given] = this.words;
    const digest = parseDigest(word);
    const labels = parseLabelArguments(given);
    const client = await this.client();
    const fields = [...labels.keys()].map((key) => `labels.${key}`);
    const info =
      fields.length === 0
        ? await client.content.info(digest)
        : await client.content.update(digest, labels, fields);
    this.print(`${safe(formatLabels(info.labels))}\n`);
  }
}

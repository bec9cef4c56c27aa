import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool } from '../../cli/flags.js';
import { parseDockerReference } from '../../oci/docker-reference.js';
import { KindError } from '../../oci/errors.js';
import { safe } from '../../output/safe.js';
import { canTransfer } from '../../ops/pull.js';
import { tagImage } from '../../ops/tag-image.js';

export class ImageTag extends TctrCommand {
  static override summary = 'give an image further names';
  static override flags = {
    force: bool({ summary: 'with --local: take the name from another image' }),
    local: bool({ summary: 'refuse a name that is taken, as ctr 1.x does' }),
    'skip-reference-check': bool({ summary: 'accept a name that no registry would' }),
  };
  static override texts = {
    args: '<ref> <new ref> [<new ref>...]',
    examples: [['image tag docker.io/library/nginx:alpine 127.0.0.1:5000/nginx:1', 'before a push']],
    docker: 'docker tag',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageTag);
    const [ref, ...targets] = this.words;
    if (!ref) throw new UsageError('please provide an image reference to tag from');
    if (targets.length === 0) throw new UsageError('please provide an image reference to tag to');
    if (!flags['skip-reference-check']) targets.forEach(checkReference);
    const client = await this.client();
    const overwrite = flags.force || !flags.local;
    const keepLabels = flags.local || !(await canTransfer(client));
    for (const target of targets) {
      await tagImage({ client, ref, target, overwrite, keepLabels });
      this.print(`${safe(target)}\n`);
    }
  }
}

function checkReference(text: string): void {
  try {
    parseDockerReference(text);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    throw new KindError(
      error.kind,
      `error parsing reference: ${JSON.stringify(text)} is not a valid repository/tag ${error.message}`,
      { cause: error, hint: '--skip-reference-check takes it as it is' },
    );
  }
}

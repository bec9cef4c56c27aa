import { TctrCommand } from '../cli/command.js';
import { forEachWord } from '../cli/docker/daemon-error.js';
import { requireWords } from '../cli/docker/words.js';
import { bool } from '../cli/flags.js';
import { safe } from '../output/safe.js';
import { removeImage } from '../ops/remove-image.js';
import { hasKind } from '../oci/errors.js';

export class Rmi extends TctrCommand {
  static override summary = 'remove images';
  static override grammar = 'docker' as const;
  static override flags = {
    force: bool({ summary: 'also if a container is made of it, or an id has several names', aliases: ['f'] }),
  };
  static override texts = {
    args: '<image> [<image>...]',
    description: 'By name, short or whole, or by the beginning of the id. Waits until the space is free.',
    examples: [['rmi nginx:alpine 2b7d6430f78d', 'by name and by id']],
    ctr: 'ctr image rm --sync',
  } as const;

  async run(): Promise<void> {
    const { force } = await this.flags(Rmi);
    requireWords(this.words, 1);
    const client = await this.client();
    await forEachWord(this.session, this.words, async (word) => {
      try {
        for (const removal of await removeImage(client, { word, force })) {
          this.print(
            removal.kind === 'untagged' ? `Untagged: ${safe(removal.name)}\n` : `Deleted: ${removal.id}\n`,
          );
        }
      } catch (error) {
        // docker: with --force an image that is not there is told, and is no failure.
        if (!force || !hasKind(error, 'not found')) throw error;
        this.diagnostics.warning((error as Error).message);
      }
    });
  }
}

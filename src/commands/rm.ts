import { TctrCommand } from '../cli/command.js';
import { forEachWord } from '../cli/docker/daemon-error.js';
import { requireWords } from '../cli/docker/words.js';
import { bool } from '../cli/flags.js';
import { hasKind } from '../oci/errors.js';
import { findContainer } from '../ops/find-container.js';
import { removeContainer } from '../ops/remove-container.js';
import { safe } from '../output/safe.js';

export class Rm extends TctrCommand {
  static override summary = 'remove containers';
  static override grammar = 'docker' as const;
  static override flags = {
    force: bool({ summary: 'kill those that run', aliases: ['f'] }),
    volumes: bool({ summary: 'their anonymous volumes, too: tctr makes none', aliases: ['v'] }),
  };
  static override texts = {
    args: '<container> [<container>...]',
    examples: [
      ['rm web', 'one that has ended, with its snapshot and log'],
      ['rm -f web db', 'running or not'],
    ],
    ctr: 'ctr task rm -f, then ctr container rm',
  } as const;

  async run(): Promise<void> {
    const { force } = await this.flags(Rm);
    requireWords(this.words, 1);
    const client = await this.client();
    await forEachWord(this.session, this.words, async (word) => {
      try {
        await removeContainer(client, await findContainer(client, word), { force, word });
        this.print(`${safe(word)}\n`);
      } catch (error) {
        // docker: with --force a container that is not there is told, and is no failure.
        if (!force || !hasKind(error, 'not found')) throw error;
        this.diagnostics.warning((error as Error).message);
      }
    });
  }
}

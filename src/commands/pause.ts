import { TctrCommand } from '../cli/command.js';
import { forEachWord } from '../cli/docker/daemon-error.js';
import { requireWords } from '../cli/docker/words.js';
import { findContainer } from '../ops/find-container.js';
import { safe } from '../output/safe.js';

export class Pause extends TctrCommand {
  static override summary = 'pause running containers';
  static override grammar = 'docker' as const;
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['pause web', 'freeze all of its processes']],
    ctr: 'ctr task pause',
  } as const;

  async run(): Promise<void> {
    requireWords(this.words, 1);
    const client = await this.client();
    await forEachWord(this.session, this.words, async (word) => {
      const { id } = await findContainer(client, word);
      await client.tasks.pause(id);
      this.print(`${safe(word)}\n`);
    });
  }
}

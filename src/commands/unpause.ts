import { TctrCommand } from '../cli/command.js';
import { forEachWord } from '../cli/docker/daemon-error.js';
import { requireWords } from '../cli/docker/words.js';
import { findContainer } from '../ops/find-container.js';
import { safe } from '../output/safe.js';

export class Unpause extends TctrCommand {
  static override summary = 'let paused containers go on';
  static override grammar = 'docker' as const;
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['unpause web', 'all of its processes go on']],
    ctr: 'ctr task resume',
  } as const;

  async run(): Promise<void> {
    requireWords(this.words, 1);
    const client = await this.client();
    await forEachWord(this.session, this.words, async (word) => {
      const { id } = await findContainer(client, word);
      await client.tasks.resume(id);
      this.print(`${safe(word)}\n`);
    });
  }
}

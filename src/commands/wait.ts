import { TctrCommand } from '../cli/command.js';
import { forEachWord } from '../cli/docker/daemon-error.js';
import { requireWords } from '../cli/docker/words.js';
import { readExit } from '../ops/exit-label.js';
import { findContainer } from '../ops/find-container.js';
import { taskOf } from '../ops/require-running.js';
import { waitExit } from '../ops/wait-exit.js';

export class Wait extends TctrCommand {
  static override summary = 'wait until containers have ended, and print their exit statuses';
  static override grammar = 'docker' as const;
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['wait job', 'then use its status']],
  } as const;

  async run(): Promise<void> {
    requireWords(this.words, 1);
    const client = await this.client();
    await forEachWord(this.session, this.words, async (word) => {
      const { id, labels } = await findContainer(client, word);
      const task = await taskOf(client, id);
      const status = task
        ? await waitExit(client, { containerId: id }, this.session.signal)
        : (readExit(labels)?.exitCode ?? 0);
      this.print(`${status}\n`);
    });
  }
}

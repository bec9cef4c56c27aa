import { TctrCommand } from '../cli/command.js';
import { forEachWord } from '../cli/docker/daemon-error.js';
import { requireWords } from '../cli/docker/words.js';
import { ExitError, UsageError } from '../cli/errors.js';
import { bool } from '../cli/flags.js';
import { sessionStage } from '../cli/stage.js';
import { findContainer } from '../ops/find-container.js';
import { startContainer } from '../ops/start-container.js';
import { safe } from '../output/safe.js';

export class Start extends TctrCommand {
  static override summary = 'start containers that do not run';
  static override grammar = 'docker' as const;
  static override flags = {
    attach: bool({ summary: 'stay with it, its output here', aliases: ['a'] }),
    interactive: bool({ summary: 'and give it our input', aliases: ['i'] }),
  };
  static override texts = {
    args: '<container> [<container>...]',
    description:
      'In the background output goes to a file: tctr logs. Attached, it ends with the status of the process.',
    examples: [
      ['start web', 'in the background'],
      ['start -ai shell', 'and stay with it'],
    ],
    ctr: 'ctr task start',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Start);
    requireWords(this.words, 1);
    const attach = flags.attach || flags.interactive;
    if (attach && this.words.length > 1)
      throw new UsageError('you cannot start and attach multiple containers at once');
    const client = await this.client();
    await forEachWord(this.session, this.words, async (word) => {
      const container = await findContainer(client, word);
      const { interactive } = flags;
      const status = await startContainer({
        client,
        container,
        attach,
        interactive,
        stage: sessionStage(this.session),
      });
      if (!attach) this.print(`${safe(word)}\n`);
      else if (status !== 0) throw new ExitError(status);
    });
  }
}

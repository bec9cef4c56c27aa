import { TctrCommand } from '../cli/command.js';
import { forEachWord } from '../cli/docker/daemon-error.js';
import { requireWords } from '../cli/docker/words.js';
import { int, string } from '../cli/flags.js';
import { findContainer } from '../ops/find-container.js';
import { stopContainer } from '../ops/stop-container.js';
import { safe } from '../output/safe.js';

export class Stop extends TctrCommand {
  static override summary = 'stop running containers';
  static override grammar = 'docker' as const;
  static override flags = {
    timeout: int({
      summary: 'seconds until it is killed (default 10; -1: never)',
      aliases: ['t', 'time'],
      placeholder: 'SECONDS',
    }),
    signal: string({
      summary: "the signal (default the image's, else TERM)",
      aliases: ['s'],
      placeholder: 'SIGNAL',
    }),
  };
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['stop -t 30 web', 'give it half a minute']],
    ctr: 'ctr task kill, later ctr task kill -s 9',
  } as const;

  async run(): Promise<void> {
    const { timeout = 10n, signal = '' } = await this.flags(Stop);
    requireWords(this.words, 1);
    const client = await this.client();
    const stop = async (word: string): Promise<void> => {
      const container = await findContainer(client, word);
      await stopContainer({ client, container, signal, grace: Number(timeout), abort: this.session.signal });
      this.print(`${safe(word)}\n`);
    };
    await forEachWord(this.session, this.words, stop, { together: true });
  }
}

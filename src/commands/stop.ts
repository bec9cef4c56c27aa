import { TctrCommand } from '../cli/command.js';
import { forEachContainer } from '../cli/docker/each-container.js';
import { int, string } from '../cli/flags.js';
import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import { stopContainer } from '../ops/stop-container.js';

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
    const abort = this.session.signal;
    const stop = (client: Client, container: Container): Promise<void> =>
      stopContainer({ client, container, signal, grace: Number(timeout), abort });
    await forEachContainer(this.session, this.words, stop, { together: true });
  }
}

import { TctrCommand } from '../cli/command.js';
import { forEachContainer } from '../cli/docker/each-container.js';

export class Pause extends TctrCommand {
  static override summary = 'pause running containers';
  static override grammar = 'docker' as const;
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['pause web', 'freeze all of its processes']],
    ctr: 'ctr task pause',
  } as const;

  async run(): Promise<void> {
    await forEachContainer(this.session, this.words, (client, { id }) => client.tasks.pause(id));
  }
}

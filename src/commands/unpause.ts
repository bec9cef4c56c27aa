import { TctrCommand } from '../cli/command.js';
import { forEachContainer } from '../cli/docker/each-container.js';

export class Unpause extends TctrCommand {
  static override summary = 'let paused containers go on';
  static override grammar = 'docker' as const;
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['unpause web', 'all of its processes go on']],
    ctr: 'ctr task resume',
  } as const;

  async run(): Promise<void> {
    await forEachContainer(this.session, this.words, (client, { id }) => client.tasks.resume(id));
  }
}

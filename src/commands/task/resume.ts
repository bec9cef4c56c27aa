import { TctrCommand } from '../../cli/command.js';

export class TaskResume extends TctrCommand {
  static override summary = 'resume a container';
  static override texts = {
    args: '<container>',
    examples: [['task resume web', 'let them run on']],
    docker: 'docker unpause',
  } as const;

  async run(): Promise<void> {
    const client = await this.client();
    const container = await client.containers.get(this.words[0] ?? '');
    await client.tasks.resume(container.id);
  }
}

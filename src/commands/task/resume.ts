import { TctrCommand } from '../../cli/command.js';
import { loadTask } from '../../ops/load-task.js';

export class TaskResume extends TctrCommand {
  static override summary = 'resume a container';
  static override texts = {
    args: '<container>',
    examples: [['task resume web', 'let them run on']],
    docker: 'docker unpause',
  } as const;

  async run(): Promise<void> {
    const client = await this.client();
    const id = this.words[0] ?? '';
    await loadTask(client, id);
    await client.tasks.resume(id);
  }
}

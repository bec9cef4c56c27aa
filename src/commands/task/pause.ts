import { TctrCommand } from '../../cli/command.js';
import { loadTask } from '../../ops/load-task.js';

export class TaskPause extends TctrCommand {
  static override summary = 'pause a container';
  static override texts = {
    args: '<container>',
    examples: [['task pause web', 'freeze all of its processes']],
    docker: 'docker pause',
  } as const;

  async run(): Promise<void> {
    const client = await this.client();
    const id = this.words[0] ?? '';
    await loadTask(client, id);
    await client.tasks.pause(id);
  }
}

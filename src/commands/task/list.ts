import { TctrCommand } from '../../cli/command.js';
import { listFlags } from '../../cli/list-flags.js';
import { renderList } from '../../views/render-list.js';
import { taskList } from '../../views/task-list.js';

export class TaskList extends TctrCommand {
  static override summary = 'list tasks and their states';
  static override aliases = ['ls'];
  static override flags = listFlags;
  static override texts = {
    examples: [['-n moby task ls', "docker's running containers"]],
    docker: 'docker ps',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(TaskList);
    const client = await this.client();
    this.print(await renderList(await client.tasks.list(), taskList, flags));
  }
}

import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { loadTask } from '../../ops/load-task.js';
import { renderList } from '../../views/render-list.js';
import { processList } from '../../views/process-list.js';

export class TaskPs extends TctrCommand {
  static override summary = 'list the processes of a container';
  static override texts = {
    args: '<container>',
    examples: [['task ps web', 'as the host numbers them']],
    docker: 'docker top',
  } as const;

  async run(): Promise<void> {
    const [id] = this.words;
    if (!id) throw new UsageError('container id must be provided');
    const client = await this.client();
    await loadTask(client, id);
    this.print(await renderList(await client.tasks.pids(id), processList, {}));
  }
}

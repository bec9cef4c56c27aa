import { TctrCommand } from '../../cli/command.js';
import { ExitError } from '../../cli/errors.js';
import { sessionStage } from '../../cli/stage.js';
import { attachTask } from '../../ops/attach-task.js';

export class TaskAttach extends TctrCommand {
  static override summary = 'join the input and output of a running container';
  static override texts = {
    args: '<container>',
    description: 'Ends with the status of the process, and deletes the task then.',
    examples: [['task attach web', 'stay with it until it ends']],
    docker: 'docker attach',
  } as const;

  async run(): Promise<void> {
    const client = await this.client();
    const status = await attachTask({ client, id: this.words[0] ?? '', stage: sessionStage(this.session) });
    if (status !== 0) throw new ExitError(status);
  }
}

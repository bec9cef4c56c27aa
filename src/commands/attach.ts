import { TctrCommand } from '../cli/command.js';
import { requireWords } from '../cli/docker/words.js';
import { ExitError } from '../cli/errors.js';
import { sessionStage } from '../cli/stage.js';
import { attachTask } from '../ops/attach-task.js';
import { recordExit } from '../ops/exit-label.js';
import { findContainer } from '../ops/find-container.js';
import { requireRunning } from '../ops/require-running.js';

export class Attach extends TctrCommand {
  static override summary = 'join the input and output of a running container';
  static override grammar = 'docker' as const;
  static override texts = {
    args: '<container>',
    description: 'Ends with the status of the process.',
    examples: [['attach web', 'stay with it until it ends']],
    ctr: 'ctr task attach',
  } as const;

  async run(): Promise<void> {
    requireWords(this.words, 1, 1);
    const client = await this.client();
    const { id } = await findContainer(client, this.words[0] ?? '');
    await requireRunning(client, id);
    const status = await attachTask({ client, id, stage: sessionStage(this.session) });
    await recordExit(client, id, status);
    if (status !== 0) throw new ExitError(status);
  }
}

import { TctrCommand } from '../cli/command.js';
import { forEachContainer } from '../cli/docker/each-container.js';
import { stringOr } from '../cli/flags.js';
import { KindError } from '../oci/errors.js';
import { parseSignal } from '../oci/signal.js';
import { setLabels } from '../ops/exit-label.js';
import { restartWish } from '../ops/restart-labels.js';
import { taskOf } from '../ops/require-running.js';
import { TaskStatus } from '../client/tasks.js';

const SIGKILL = 9;

export class Kill extends TctrCommand {
  static override summary = 'send a signal to running containers';
  static override grammar = 'docker' as const;
  static override flags = {
    signal: stringOr('KILL', {
      summary: 'the signal, by name or number (default KILL)',
      aliases: ['s'],
      placeholder: 'SIGNAL',
    }),
  };
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['kill -s HUP web', 'reload']],
    ctr: 'ctr task kill -s 9',
  } as const;

  async run(): Promise<void> {
    const { signal } = await this.flags(Kill);
    const number = parseSignal(signal);
    await forEachContainer(this.session, this.words, async (client, { id, labels }, word) => {
      const task = await taskOf(client, id);
      if (!task || task.status === TaskStatus.STOPPED) {
        throw new KindError(
          'failed precondition',
          `cannot kill container: ${word}: container ${id} is not running`,
        );
      }
      // Only a kill is meant to last: a container that is told to reload shall still be restarted when it fails.
      const wish = number === SIGKILL ? restartWish(labels, 'stopped') : new Map<string, string>();
      if (wish.size > 0) await setLabels(client, id, wish);
      await client.tasks.kill({ containerId: id }, number);
    });
  }
}

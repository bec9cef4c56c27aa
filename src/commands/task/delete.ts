import { TctrCommand } from '../../cli/command.js';
import { eachOrFirstError } from '../../cli/each.js';
import { ExitError } from '../../cli/errors.js';
import { bool, string } from '../../cli/flags.js';
import { hasKind } from '../../oci/errors.js';
import { deleteExec, deleteTask } from '../../ops/delete-task.js';

export class TaskDelete extends TctrCommand {
  static override summary = 'delete stopped tasks';
  static override aliases = ['del', 'remove', 'rm'];
  static override flags = {
    force: bool({ summary: 'kill the task first', aliases: ['f'] }),
    'exec-id': string({ summary: 'delete this exec, and end with its status', placeholder: 'ID' }),
  };
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['task rm -f web', 'kill and delete']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(TaskDelete);
    const client = await this.client();
    const execId = flags['exec-id'];
    if (execId !== undefined && execId !== '') {
      const status = await deleteExec(client, this.words[0] ?? '', execId);
      if (status !== 0) throw new ExitError(status);
      return;
    }
    await eachOrFirstError(this.words, async (id) => {
      const { exitStatus } = await deleteTask({ client, id, force: flags.force }).catch((error: unknown) => {
        const failed = hasKind(error, 'not found')
          ? `failed to load task from ${id}`
          : `unable to delete ${id}`;
        this.diagnostics.error(failed, { error: (error as Error).message });
        throw error;
      });
      // ctr: `ctr task rm` warns of a task that failed, and ends well.
      if (exitStatus !== 0) this.diagnostics.warning(`task ${id} exit with non-zero exit code ${exitStatus}`);
    });
  }
}

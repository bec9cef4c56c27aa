import { TctrCommand } from '../../cli/command.js';
import { eachOrFirstError } from '../../cli/each.js';
import { UsageError } from '../../cli/errors.js';
import { bool } from '../../cli/flags.js';
import { deleteContainer } from '../../ops/delete-container.js';

export class ContainerDelete extends TctrCommand {
  static override summary = 'delete containers that do not run';
  static override aliases = ['del', 'remove', 'rm'];
  static override flags = { 'keep-snapshot': bool({ summary: "do not remove the container's snapshot" }) };
  static override texts = {
    args: '<container> [<container>...]',
    examples: [['container rm web db', 'both, and their snapshots']],
    docker: 'docker rm',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContainerDelete);
    if (this.words.length === 0) {
      throw new UsageError('must specify at least one container to delete: invalid argument');
    }
    const client = await this.client();
    await eachOrFirstError(this.words, async (id) => {
      await deleteContainer({ client, id, keepSnapshot: flags['keep-snapshot'] }).catch((error: unknown) => {
        this.diagnostics.error(`failed to delete container ${JSON.stringify(id)}`, {
          error: (error as Error).message,
        });
        throw error;
      });
    });
  }
}

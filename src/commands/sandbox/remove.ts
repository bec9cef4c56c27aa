import { TctrCommand } from '../../cli/command.js';
import { eachOrFirstError } from '../../cli/each.js';
import { bool } from '../../cli/flags.js';
import { removeSandbox } from '../../ops/remove-sandbox.js';
import { safe } from '../../output/safe.js';

export class SandboxRemove extends TctrCommand {
  static override summary = 'stop and remove sandboxes';
  static override aliases = ['rm'];
  static override flags = {
    force: bool({ summary: 'remove the record even where it cannot be stopped', aliases: ['f'] }),
  };
  static override texts = {
    args: '<sandbox> [<sandbox>...]',
    description: 'Goes on behind one that fails.',
    examples: [['sandbox rm -f web', 'whatever its runtime says']],
  } as const;

  async run(): Promise<void> {
    const { force } = await this.flags(SandboxRemove);
    const client = await this.client();
    await eachOrFirstError(this.words, async (id) => {
      const failed = (error: unknown): void => this.diagnostics.warning((error as Error).message);
      try {
        await removeSandbox(client, id, { force, failed });
      } catch (error) {
        if (this.words.length > 1) this.diagnostics.error((error as Error).message);
        throw error;
      }
      this.diagnostics.info(`deleted: ${safe(id)}`);
    });
  }
}

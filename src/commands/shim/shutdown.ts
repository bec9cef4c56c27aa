import { ShimCommand, apiVersionFlag } from '../../cli/shim-command.js';
import { hasKind } from '../../oci/errors.js';

export class ShimShutdown extends ShimCommand {
  static override summary = 'end a shim that has no task left';
  static override flags = apiVersionFlag;
  static override texts = {
    description: 'A shim that still has a task goes on, and says nothing.',
    examples: [['shim --id web shutdown', 'what a lost container has left']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimShutdown);
    const { signal } = this.session;
    try {
      await this.withShim(flags['api-version'], (shim) => shim.shutdown(this.shimId, false, { signal }));
    } catch (error) {
      // It may close the connection before it answers.
      if (!hasKind(error, 'unavailable') || !(error as Error).message.startsWith('ttrpc: closed'))
        throw error;
    }
  }
}

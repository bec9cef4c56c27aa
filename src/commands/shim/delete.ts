import { ShimCommand, apiVersionFlag } from '../../cli/shim-command.js';

export class ShimDelete extends ShimCommand {
  static override summary = 'delete a task that has ended from its shim';
  static override flags = apiVersionFlag;
  static override texts = {
    args: '<task>',
    description: 'The daemon is not told: container and snapshot stay.',
    examples: [['shim --id web delete web', 'its task']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimDelete);
    const id = this.words[0] ?? '';
    const { signal } = this.session;
    const status = await this.withShim(flags['api-version'], (shim) =>
      shim.delete({ id, execId: '' }, { signal }),
    );
    this.print(`container deleted and returned exit status ${status}\n`);
  }
}

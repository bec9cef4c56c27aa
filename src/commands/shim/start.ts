import { ShimCommand, apiVersionFlag } from '../../cli/shim-command.js';

export class ShimStart extends ShimCommand {
  static override summary = 'start a task that its shim has created';
  static override flags = apiVersionFlag;
  static override texts = { args: '<task>', examples: [['shim --id web start web', 'its task']] } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimStart);
    const id = this.words[0] ?? '';
    const { signal } = this.session;
    await this.withShim(flags['api-version'], (shim) => shim.start({ id, execId: '' }, { signal }));
  }
}

import { string } from '../../cli/flags.js';
import { apiVersionFlag, ShimCommand } from '../../cli/shim-command.js';
import { shimState } from '../../views/shim-state.js';

export class ShimStateShow extends ShimCommand {
  static override summary = 'show what a shim knows of its task, as JSON';
  static override flags = {
    'task-id': string({ summary: 'of this task (default that of --id)', aliases: ['t'], placeholder: 'ID' }),
    ...apiVersionFlag,
  };
  static override texts = { examples: [['shim --id web state', 'its pid, bundle and streams']] } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ShimStateShow);
    const id = flags['task-id'] || this.shimId;
    const { signal } = this.session;
    const state = await this.withShim(flags['api-version'], (shim) =>
      shim.state({ id, execId: '' }, { signal }),
    );
    this.print(shimState(state));
  }
}

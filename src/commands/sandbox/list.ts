import { TctrCommand } from '../../cli/command.js';
import { strings } from '../../cli/flags.js';
import { listFlags } from '../../cli/list-flags.js';
import { prefixed } from '../../oci/errors.js';
import { lacking } from '../../ops/lacking.js';
import { renderList } from '../../views/render-list.js';
import { sandboxList } from '../../views/sandbox-list.js';

export class SandboxList extends TctrCommand {
  static override summary = 'list sandboxes';
  static override aliases = ['ls'];
  static override flags = {
    filters: strings({ summary: 'only those that match one of them', placeholder: 'FILTER' }),
    ...listFlags,
  };
  static override texts = {
    examples: [["sandbox ls --filters 'runtime.name==io.containerd.kata.v2'", 'those of one runtime']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(SandboxList);
    const client = await this.client();
    try {
      const sandboxes = await client.sandboxes.list(flags.filters);
      this.print(await renderList(sandboxes, sandboxList, flags));
    } catch (error) {
      throw prefixed('failed to list sandboxes', lacking(error, '1.7'));
    }
  }
}

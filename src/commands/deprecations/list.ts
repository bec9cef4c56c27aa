import { TctrCommand } from '../../cli/command.js';
import { listFlags } from '../../cli/list-flags.js';
import { deprecationList } from '../../views/deprecation-list.js';
import { renderList } from '../../views/render-list.js';

export class DeprecationsList extends TctrCommand {
  static override summary = 'list what the daemon was asked for and will not support for long';
  static override flags = listFlags;
  static override texts = {
    description: 'Prints nothing where there is nothing. containerd 1.6 keeps no such list.',
    examples: [['deprecations list --format json', 'for a script']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(DeprecationsList);
    const client = await this.client();
    const { deprecations } = await client.introspection.server();
    const text = await renderList(deprecations, deprecationList, flags);
    // ctr: `ctr deprecations list --format json` prints nothing where there is nothing.
    if (deprecations.length > 0) this.print(text);
  }
}

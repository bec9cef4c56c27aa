import { TctrCommand } from '../../cli/command.js';
import { listFlags } from '../../cli/list-flags.js';
import { namespaceList } from '../../views/namespace-list.js';
import { renderList } from '../../views/render-list.js';

export class NamespaceList extends TctrCommand {
  static override summary = 'list namespaces';
  static override aliases = ['ls'];
  static override flags = listFlags;
  static override texts = { examples: [['namespace ls -q', 'the names only']] } as const;

  async run(): Promise<void> {
    const flags = await this.flags(NamespaceList);
    const client = await this.client();
    this.print(await renderList(await client.namespaces.list(), namespaceList, flags));
  }
}

import { TctrCommand } from '../../cli/command.js';
import { listFlags } from '../../cli/list-flags.js';
import { prefixed } from '../../oci/errors.js';
import { leaseList } from '../../views/lease-list.js';
import { renderList } from '../../views/render-list.js';

export class LeaseList extends TctrCommand {
  static override summary = 'list leases';
  static override aliases = ['ls'];
  static override flags = listFlags;
  static override texts = {
    args: '[<filter>...]',
    examples: [
      ['lease ls', 'who keeps what from the collector, and until when'],
      ["lease ls 'id==build'", 'one of them'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(LeaseList);
    const client = await this.client();
    try {
      this.print(await renderList(await client.leases.list(this.words), leaseList, flags));
    } catch (error) {
      throw prefixed('failed to list leases', error);
    }
  }
}

import { TctrCommand } from '../../cli/command.js';
import { bool } from '../../cli/flags.js';
import { listFlags } from '../../cli/list-flags.js';
import { renderPluginDetails } from '../../views/plugin-details.js';
import { pluginList } from '../../views/plugin-list.js';
import { renderList } from '../../views/render-list.js';

export class PluginList extends TctrCommand {
  static override summary = "list the daemon's plugins";
  static override aliases = ['ls'];
  static override flags = {
    ...listFlags,
    detailed: bool({ summary: 'show all that is known of each', aliases: ['d'] }),
  };
  static override texts = {
    args: '[<filter>...]',
    examples: [['plugin ls type==io.containerd.snapshotter.v1', 'the snapshotters']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(PluginList);
    const client = await this.client();
    const plugins = await client.introspection.plugins(this.words);
    if (flags.detailed && !flags.quiet) this.print(await renderPluginDetails(plugins));
    else this.print(await renderList(plugins, pluginList, flags));
  }
}

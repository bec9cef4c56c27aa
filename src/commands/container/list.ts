import { TctrCommand } from '../../cli/command.js';
import { listFlags } from '../../cli/list-flags.js';
import { containerList } from '../../views/container-list.js';
import { renderList } from '../../views/render-list.js';

export class ContainerList extends TctrCommand {
  static override summary = 'list containers';
  static override aliases = ['ls'];
  static override flags = listFlags;
  static override texts = {
    args: '[<filter>...]',
    examples: [
      ['-n moby container ls', "docker's containers"],
      ["container ls 'labels.app==web'", 'those with a label'],
    ],
    docker: 'docker ps -a',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContainerList);
    const client = await this.client();
    const containers = await client.containers.list(this.words);
    this.print(await renderList(containers, containerList, flags));
  }
}

import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool } from '../../cli/flags.js';
import { formatJson } from '../../output/json.js';
import { containerInfo, containerSpec } from '../../views/container-info.js';

export class ContainerInfo extends TctrCommand {
  static override summary = "show a container's record and spec as JSON";
  static override flags = { spec: bool({ summary: 'show only the OCI spec' }) };
  static override texts = {
    args: '<container>',
    examples: [['container info --spec nginx', 'the OCI runtime spec']],
    docker: 'docker inspect',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContainerInfo);
    const [id] = this.words;
    if (!id) throw new UsageError('container id must be provided: invalid argument');
    const client = await this.client();
    const container = await client.containers.get(id);
    const shown = flags.spec ? containerSpec(container) : containerInfo(container);
    this.print(`${formatJson(shown, { indent: 4, terminalSafe: true })}\n`);
  }
}

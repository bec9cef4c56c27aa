import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, string } from '../../cli/flags.js';
import { parseSignal } from '../../oci/signal.js';
import { loadTask } from '../../ops/load-task.js';
import { stopSignalLabel } from '../../oci/spec/labels.js';

export class TaskKill extends TctrCommand {
  static override summary = "send a signal to a container's process";
  static override flags = {
    signal: string({
      summary: "the signal, by name or number (default the image's stop signal)",
      aliases: ['s'],
    }),
    'exec-id': string({ summary: 'send it to this exec instead', placeholder: 'ID' }),
    all: bool({ summary: 'send it to all processes of the container', aliases: ['a'] }),
  };
  static override texts = {
    args: '<container>',
    examples: [
      ['task kill -s HUP web', 'reload'],
      ['task kill -a -s 9 web', 'end all of it'],
    ],
    docker: 'docker kill',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(TaskKill);
    const [id] = this.words;
    if (!id) throw new UsageError('container id must be provided');
    const execId = flags['exec-id'] ?? '';
    if (flags.all && execId !== '') throw new UsageError('specify an exec-id or all; not both');
    const given = flags.signal === undefined ? undefined : parseSignal(flags.signal);
    const client = await this.client();
    const container = await client.containers.get(id);
    const signal = given ?? parseSignal(container.labels.get(stopSignalLabel) ?? 'SIGTERM');
    await loadTask(client, id);
    await client.tasks.kill({ containerId: id, execId }, signal, { all: flags.all });
  }
}

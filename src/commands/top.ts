import { TctrCommand } from '../cli/command.js';
import { requireWords } from '../cli/docker/words.js';
import { readProcess } from '../host/process-row.js';
import { findContainer } from '../ops/find-container.js';
import { requireTask } from '../ops/require-running.js';
import { drawTop } from '../views/docker-top.js';

export class Top extends TctrCommand {
  static override summary = 'list the processes of a container';
  static override grammar = 'docker' as const;
  static override texts = {
    args: '<container>',
    description: 'As the host numbers and sees them. The options of ps are not taken.',
    examples: [['top web', 'what runs in it']],
    ctr: 'ctr task ps',
  } as const;

  async run(): Promise<void> {
    requireWords(this.words, 1, 1);
    const client = await this.client();
    const { id } = await findContainer(client, this.words[0] ?? '');
    await requireTask(client, id);
    const processes = await client.tasks.pids(id);
    const rows = processes
      .flatMap(({ pid }) => readProcess(pid) ?? [])
      // The runtime gives them in no order; parents are older.
      .sort((a, b) => Number((a.startedAt ?? 0n) - (b.startedAt ?? 0n)) || a.pid - b.pid);
    this.print(await drawTop(rows, new Date()));
  }
}

import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { stringOr } from '../../cli/flags.js';
import { loadTask } from '../../ops/load-task.js';
import { renderMetricsJson, renderMetricsTable } from '../../views/task-metrics.js';
import { decodeMetrics } from '../../client/cgroup-metrics.js';

export class TaskMetrics extends TctrCommand {
  static override summary = "show a container's use of memory, cpu and pids";
  static override aliases = ['metric'];
  static override flags = {
    format: stringOr('table', { summary: "'table' or 'json'", placeholder: 'FORMAT' }),
  };
  static override texts = {
    args: '<container>',
    examples: [['task metrics --format json web', 'every counter']],
    docker: 'docker stats --no-stream',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(TaskMetrics);
    const client = await this.client();
    const id = this.words[0] ?? '';
    await loadTask(client, id);
    const [metric] = await client.tasks.metrics([`id==${JSON.stringify(id)}`]);
    if (!metric) throw new UsageError('no metrics received');
    const metrics = decodeMetrics(metric);
    if (flags.format === 'table') this.print(await renderMetricsTable(metric, metrics));
    else if (flags.format === 'json') this.print(renderMetricsJson(metrics));
    else throw new UsageError('format must be table or json');
  }
}

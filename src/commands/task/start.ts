import { TctrCommand } from '../../cli/command.js';
import { ExitError, UsageError } from '../../cli/errors.js';
import { bool, string } from '../../cli/flags.js';
import { sessionStage } from '../../cli/stage.js';
import { nullIoFlag, streamChoice, streamFlags } from '../../cli/stream-flags.js';
import { specOf } from '../../ops/spec-of.js';
import { startTask } from '../../ops/start-task.js';
import { checkStreams } from '../../ops/task-io.js';

export class TaskStart extends TctrCommand {
  static override summary = "start a container's process";
  static override flags = {
    ...streamFlags,
    ...nullIoFlag,
    'no-pivot': bool({ summary: 'do not use pivot_root' }),
    'pid-file': string({ summary: 'write the process id to a file', placeholder: 'FILE' }),
  };
  static override texts = {
    args: '<container>',
    description: 'In the foreground it ends with the status of the process, and deletes the task.',
    examples: [['task start -d nginx', 'in the background']],
    docker: 'docker start nginx',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(TaskStart);
    const [id] = this.words;
    if (!id) throw new UsageError('container id must be provided');
    const client = await this.client();
    const container = await client.containers.get(id);
    const terminal = specOf(container).process?.terminal === true;
    const streams = streamChoice(flags, { namespace: client.namespace, id, terminal });
    checkStreams(streams);
    const status = await startTask({
      client,
      container,
      streams,
      noPivot: flags['no-pivot'],
      pidFile: flags['pid-file'] ?? '',
      stage: sessionStage(this.session),
      ownsContainer: false,
    });
    if (status !== 0) throw new ExitError(status);
  }
}

import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, string } from '../../cli/flags.js';
import { checkpointTaskAsImage } from '../../ops/checkpoint-task.js';

export class TaskCheckpoint extends TctrCommand {
  static override summary = 'keep a running process as an image (needs criu where containerd runs)';
  static override flags = {
    exit: bool({ summary: 'end the process afterwards' }),
    'image-path': string({
      summary: "put criu's files there, where containerd runs, and make no image",
      placeholder: 'DIR',
    }),
    'work-path': string({ summary: 'where criu works and leaves its log', placeholder: 'DIR' }),
  };
  static override texts = {
    args: '<container>',
    description: 'Prints the name of the image. The process stands still meanwhile, and goes on.',
    examples: [['task checkpoint --image-path /var/tmp/web web', 'into a folder']],
    docker: 'docker checkpoint create web paused',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(TaskCheckpoint);
    const [id] = this.words;
    if (!id) throw new UsageError('container id must be provided');
    const name = await checkpointTaskAsImage({
      client: await this.client(),
      id,
      exit: flags.exit,
      imagePath: flags['image-path'] ?? '',
      workPath: flags['work-path'] ?? '',
      now: new Date(),
    });
    if (name !== undefined) this.print(`${name}\n`);
  }
}

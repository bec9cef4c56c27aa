import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool } from '../../cli/flags.js';
import { checkpointContainer } from '../../ops/checkpoint-container.js';

export class ContainerCheckpoint extends TctrCommand {
  static override summary = 'keep a container as an image, to restore it from';
  static override flags = {
    rw: bool({ summary: 'with the files that it has written' }),
    image: bool({ summary: 'with the image that it was made from' }),
    task: bool({ summary: 'with its running process (needs criu where containerd runs)' }),
  };
  static override texts = {
    args: '<container> <ref>',
    description:
      'Its process stands still meanwhile, and goes on. Only a checkpoint with --task can be restored; nothing is left of ' +
      'one that fails.',
    examples: [
      ['container checkpoint --task --rw web localhost/web:paused', 'process and files'],
      ['container restore --live --rw web2 localhost/web:paused', 'and back'],
    ],
    docker: 'docker checkpoint create web paused',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContainerCheckpoint);
    const [id, ref] = this.words;
    if (!id) throw new UsageError('container id must be provided');
    if (!ref) throw new UsageError('ref must be provided');
    const client = await this.client();
    await checkpointContainer({
      client,
      id,
      ref,
      image: flags.image,
      written: flags.rw,
      task: flags.task,
    });
  }
}

import { TctrCommand } from '../../cli/command.js';
import { bool } from '../../cli/flags.js';
import { pruneImages } from '../../ops/prune-images.js';

export class ImagePrune extends TctrCommand {
  static override summary = 'remove the images that no container is made of';
  static override flags = {
    all: bool({ summary: 'every one of them; nothing is done without this', aliases: ['a'] }),
    force: bool({ summary: 'nothing is asked here anyway', aliases: ['f'], hidden: true }),
  };
  static override texts = {
    description:
      'What no other image needs of their content and snapshots goes with them. Images that Kubernetes has pinned stay.',
    examples: [['image prune --all', 'free the space of what is not in use']],
    docker: 'docker image prune --all',
  } as const;

  async run(): Promise<void> {
    const { all } = await this.flags(ImagePrune);
    if (!all) {
      this.diagnostics.warning('No images pruned. `image prune` requires --all to be specified.');
      return;
    }
    // ctr: image prune logs the end of the line, too.
    await pruneImages(await this.client(), (name) => this.diagnostics.info(`deleted image: ${name}\n`));
  }
}

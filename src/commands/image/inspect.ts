import { TctrCommand } from '../../cli/command.js';
import { bool } from '../../cli/flags.js';
import { imageTree } from '../../ops/image-tree.js';
import { drawImageTree } from '../../views/image-tree.js';

export class ImageInspect extends TctrCommand {
  static override summary = 'show what an image is made of, as a tree';
  static override aliases = ['i'];
  static override flags = { content: bool({ summary: 'show labels and documents as well' }) };
  static override texts = {
    args: '<ref>',
    description: 'A manifest of a platform that was never pulled is told to be missing.',
    examples: [
      ['image inspect docker.io/library/nginx:alpine', 'its manifests, configs and layers'],
      ['image inspect --content docker.io/library/nginx:alpine', 'and what is in them'],
    ],
    docker: 'docker image inspect',
  } as const;

  async run(): Promise<void> {
    const { content } = await this.flags(ImageInspect);
    const { text, failure } = drawImageTree(
      await imageTree(await this.client(), this.words[0] ?? '', { content }),
    );
    this.print(text);
    if (failure) throw failure;
  }
}

import { TctrCommand } from '../cli/command.js';
import { requireWords } from '../cli/docker/words.js';
import { normalizeDockerReference, parseDockerReference } from '../oci/docker-reference.js';
import { KindError } from '../oci/errors.js';
import { findImage } from '../ops/find-image.js';
import { tagImage } from '../ops/tag-image.js';

export class Tag extends TctrCommand {
  static override summary = 'give an image another name';
  static override grammar = 'docker' as const;
  static override texts = {
    args: '<image> <name>[:<tag>]',
    examples: [['tag nginx:alpine registry.example/nginx:1', 'before a push']],
    ctr: 'ctr image tag',
  } as const;

  async run(): Promise<void> {
    requireWords(this.words, 2, 2);
    const [word = '', name = ''] = this.words;
    if (parseDockerReference(name).digest) {
      throw new KindError('invalid argument', 'refusing to create a tag with a digest reference');
    }
    const client = await this.client();
    const found = await findImage(client, word);
    const ref = found.by === 'name' ? found.image.name : (found.images[0]?.image.name ?? word);
    await tagImage({
      client,
      ref,
      target: normalizeDockerReference(name),
      overwrite: true,
      keepLabels: true,
    });
  }
}

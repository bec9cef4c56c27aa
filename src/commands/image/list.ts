import { TctrCommand } from '../../cli/command.js';
import { listFlags } from '../../cli/list-flags.js';
import { prefixed } from '../../oci/errors.js';
import { describeImages } from '../../ops/describe-images.js';
import { imageList, type ImageRow } from '../../views/image-list.js';
import { renderList } from '../../views/render-list.js';

export class ImageList extends TctrCommand {
  static override summary = 'list images';
  static override aliases = ['ls'];
  static override flags = listFlags;
  static override texts = {
    args: '[<filter>...]',
    examples: [
      ['image ls', 'what is here'],
      ["image ls 'name~=nginx'", 'by a filter'],
    ],
    docker: 'docker images',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageList);
    const client = await this.client();
    const images = await client.images.list(this.words).catch((error: unknown) => {
      throw prefixed('failed to list images', error);
    });
    // Names need no blob.
    const rows: ImageRow[] = flags.quiet
      ? images.map((image) => ({ image, size: 0n, platforms: [] }))
      : await describeImages(client, images);
    for (const { image, sizeError, platformError } of rows) {
      if (sizeError)
        this.diagnostics.error(`failed calculating size for image ${image.name}`, { error: sizeError });
      if (platformError)
        this.diagnostics.error(`failed resolving platform for image ${image.name}`, { error: platformError });
    }
    this.print(await renderList(rows, imageList, flags));
  }
}

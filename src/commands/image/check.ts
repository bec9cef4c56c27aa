import { TctrCommand } from '../../cli/command.js';
import { string } from '../../cli/flags.js';
import { listFlags } from '../../cli/list-flags.js';
import { KindError, prefixed } from '../../oci/errors.js';
import { checkImages } from '../../ops/check-images.js';
import { namespaceDefaults } from '../../ops/defaults.js';
import { imageCheck, isReady } from '../../views/image-check.js';
import { renderList } from '../../views/render-list.js';

export class ImageCheck extends TctrCommand {
  static override summary = 'check that images are whole, and unpacked';
  static override flags = {
    ...listFlags,
    snapshotter: string({
      summary: "the snapshotter to look into (default the namespace's, else overlayfs)",
      environment: 'CONTAINERD_SNAPSHOTTER',
      placeholder: 'NAME',
    }),
  };
  static override texts = {
    args: '[<filter>...]',
    description:
      "Looks for the config and the layers of this machine's platform, and for the snapshot of the topmost layer. " +
      'With --quiet only the images that are whole and unpacked are named.',
    examples: [
      ['image check', 'every image'],
      ['image check -q', 'those that a container can be made of at once'],
      ["image check 'name~=nginx'", 'by a filter'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageCheck);
    const client = await this.client();
    const [images, snapshotter] = await Promise.all([
      client.images.list(this.words).catch((error: unknown) => {
        throw prefixed('failed listing images', error);
      }),
      flags.snapshotter || namespaceDefaults(client).then((defaults) => defaults.snapshotter),
    ]);
    if (images.length === 0 && !flags.format) return;
    const rows = await checkImages(client, images, snapshotter);
    const errors = rows.flatMap(({ contentError, unpackError }) => [contentError, unpackError]);
    const failures = errors.filter((error) => error !== undefined);
    for (const failure of failures) this.tell(failure);
    const shown = flags.quiet ? rows.filter(isReady) : rows;
    this.print(await renderList(shown, imageCheck, flags));
    if (failures[0]) throw failures[0];
  }

  /** ctr: image check logs every failure, and ends with the first. */
  private tell({ message, cause }: KindError): void {
    const why = cause instanceof KindError ? cause.message : message;
    this.diagnostics.error(message.slice(0, -`: ${why}`.length), { error: why });
  }
}

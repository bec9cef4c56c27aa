import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { string } from '../../cli/flags.js';
import { listFlags } from '../../cli/list-flags.js';
import { imageUsage } from '../../ops/image-usage.js';
import { renderList } from '../../views/render-list.js';
import { snapshotUsage } from '../../views/snapshot-usage.js';

export class ImageUsage extends TctrCommand {
  static override summary = 'show the disk space and inodes of an unpacked image, layer by layer';
  static override flags = {
    snapshotter: string({
      summary: 'the snapshotter to look into (default overlayfs)',
      environment: 'CONTAINERD_SNAPSHOTTER',
      placeholder: 'NAME',
    }),
    ...listFlags,
  };
  static override texts = {
    args: '<ref>',
    description:
      'The topmost layer first. A layer that other images stand on, too, is counted with each of them.',
    examples: [['image usage docker.io/library/nginx:alpine', 'where its megabytes are']],
    docker: 'docker history',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageUsage);
    const [ref] = this.words;
    // ctr: image usage says mount.
    if (!ref) throw new UsageError('please provide an image reference to mount');
    // ctr: image usage does not ask for the namespace's snapshotter.
    const usages = await imageUsage(await this.client(), ref, flags.snapshotter || 'overlayfs');
    this.print(await renderList(usages, snapshotUsage({ bytes: false }), flags));
  }
}

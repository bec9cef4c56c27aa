import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, string } from '../../cli/flags.js';
import { unusedRegistryFlags } from '../../cli/registry-flags.js';
import { unmountImage } from '../../ops/mount-image.js';
import { safe } from '../../output/safe.js';

export class ImageUnmount extends TctrCommand {
  static override summary = 'unmount what image mount has mounted';
  static override flags = {
    rm: bool({ summary: 'remove the snapshot and its lease, too' }),
    snapshotter: string({
      summary: 'whose snapshot to remove (default overlayfs)',
      environment: 'CONTAINERD_SNAPSHOTTER',
      placeholder: 'NAME',
    }),
    ...unusedRegistryFlags,
  };
  static override texts = {
    args: '<target>',
    description: 'Takes every mount off the target. Nothing mounted is no error.',
    examples: [['image unmount --rm /mnt', 'and leave nothing behind']],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageUnmount);
    const [target] = this.words;
    if (!target) throw new UsageError('please provide a target path to unmount from');
    const client = await this.client();
    await unmountImage(client, { target, snapshotter: flags.snapshotter || 'overlayfs', remove: flags.rm });
    this.print(`${safe(target)}\n`);
  }
}

import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, duration, string, stringOr } from '../../cli/flags.js';
import { unusedRegistryFlags } from '../../cli/registry-flags.js';
import { KindError } from '../../oci/errors.js';
import type { Platform } from '../../oci/descriptor.js';
import { defaultPlatform, formatPlatform, parsePlatform } from '../../oci/platform.js';
import { mountImage } from '../../ops/mount-image.js';
import { parseDuration } from '../../oci/duration.js';
import { safe } from '../../output/safe.js';

export class ImageMount extends TctrCommand {
  static override summary = 'mount an image on a folder';
  static override flags = {
    rw: bool({ summary: 'writable; what is written stays in the snapshot' }),
    platform: stringOr(formatPlatform(defaultPlatform()), {
      summary: "mount this platform (default this machine's)",
      placeholder: 'OS/ARCH',
    }),
    snapshotter: string({
      summary: 'whose snapshot to mount (default overlayfs)',
      environment: 'CONTAINERD_SNAPSHOTTER',
      placeholder: 'NAME',
    }),
    'sync-fs': bool({ summary: 'flush the file system after each layer that has to be unpacked' }),
    expiration: duration({
      summary: 'let the collector have the snapshot after this long, 0 for never (default 24h)',
      aliases: ['x'],
    }),
    ...unusedRegistryFlags,
  };
  static override texts = {
    args: '<ref> <target>',
    description:
      'Prints the chain ID and the target. The snapshot and its lease are named by the target; image unmount --rm ' +
      'takes all three away. A failure or an interruption leaves nothing behind.',
    examples: [
      ['image mount docker.io/library/nginx:alpine /mnt', 'look into an image'],
      ['image unmount --rm /mnt', 'and take it away again'],
    ],
  } as const;

  // ctr: `ctr images mount` takes overlayfs, whatever the namespace's default is.
  async run(): Promise<void> {
    const flags = await this.flags(ImageMount);
    const [ref, target] = this.words;
    if (!ref) throw new UsageError('please provide an image reference to mount');
    if (!target) throw new UsageError('please provide a target path to mount to');
    const platform = readPlatform(flags.platform);
    const client = await this.client();
    await mountImage({
      client,
      ref,
      target,
      platform,
      snapshotter: flags.snapshotter || 'overlayfs',
      writable: flags.rw,
      expiration: Number(parseDuration(flags.expiration ?? '24h') / 1_000_000n),
      syncFs: flags['sync-fs'],
      signal: this.session.signal,
      onChainId: (chainId) => this.print(`${chainId}\n`),
    });
    this.print(`${safe(target)}\n`);
  }
}

function readPlatform(text: string): Platform {
  try {
    return parsePlatform(text);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    throw new KindError(error.kind, `unable to parse platform ${text}: ${error.message}`, {
      cause: error,
      hint: 'such as linux/amd64 or linux/arm64/v8',
    });
  }
}

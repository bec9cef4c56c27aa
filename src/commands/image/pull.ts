import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, int, string, strings } from '../../cli/flags.js';
import { readPlatforms } from '../../cli/platforms.js';
import { pull } from '../../cli/pull.js';
import { registryFlags } from '../../cli/registry-flags.js';
import { parseLabelArguments } from '../../output/labels.js';

export class ImagePull extends TctrCommand {
  static override summary = 'pull an image from a registry, and unpack it';
  static override flags = {
    ...registryFlags,
    snapshotter: string({
      summary: "the snapshotter to unpack into (default the namespace's, else overlayfs)",
      environment: 'CONTAINERD_SNAPSHOTTER',
      placeholder: 'NAME',
    }),
    label: strings({ summary: 'labels of the image', placeholder: 'KEY=VALUE' }),
    platform: strings({ summary: 'pull this platform', placeholder: 'OS/ARCH' }),
    'all-platforms': bool({ summary: 'pull every platform' }),
    'all-metadata': bool({ summary: 'pull the manifests of all platforms (the default)', hidden: true }),
    'skip-metadata': bool({ summary: 'pull no manifests of other platforms' }),
    'print-chainid': bool({ summary: 'print the chain ID of the unpacked image' }),
    'max-concurrent-downloads': int({ summary: 'layers to download at once' }),
    local: bool({ summary: "be the registry's client here instead of asking the daemon to" }),
    'sync-fs': bool({ summary: 'flush the file system after each layer' }),
  };
  static override texts = {
    args: '<ref>',
    description:
      'The daemon pulls by itself where it can (containerd 2); tctr does where the daemon cannot, or where a flag ' +
      'needs it. An interrupted pull leaves nothing behind.',
    examples: [
      [
        'image pull docker.io/library/nginx:alpine',
        'the full name: tctr pull nginx:alpine adds what is missing',
      ],
      [
        'image pull --hosts-dir /etc/containerd/certs.d docker.io/library/nginx:alpine',
        'through your mirrors',
      ],
    ],
    docker: 'docker pull',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImagePull);
    const [ref] = this.words;
    if (!ref) throw new UsageError('please provide an image reference to pull');
    if (flags['all-platforms'] && flags.platform.length > 0) {
      throw new UsageError('cannot specify both --platform and --all-platforms');
    }
    await pull(this.session, {
      ref,
      registry: flags,
      snapshotter: flags.snapshotter ?? '',
      labels: parseLabelArguments(flags.label),
      platforms: readPlatforms(flags.platform, flags['all-platforms']),
      allMetadata: !flags['skip-metadata'],
      local: flags.local,
      printChainId: flags['print-chainid'],
      concurrency: Number(flags['max-concurrent-downloads'] ?? 0n),
      syncFs: flags['sync-fs'],
    });
  }
}

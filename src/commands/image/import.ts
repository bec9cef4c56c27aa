import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, string, strings } from '../../cli/flags.js';
import { importImages } from '../../cli/import-images.js';
import { readPlatforms } from '../../cli/platforms.js';
import { parseLabelArguments } from '../../output/labels.js';

export class ImageImport extends TctrCommand {
  static override summary = 'read images from an archive';
  static override flags = {
    'base-name': string({
      summary:
        'the name before tags without one; of full names only those that begin so (default import-DATE)',
      placeholder: 'NAME',
    }),
    digests: bool({ summary: 'name images by their digest, too' }),
    'skip-digest-for-named': bool({ summary: 'with --digests: but not those that the archive names' }),
    'index-name': string({ summary: "keep the archive's index under this name", placeholder: 'REF' }),
    'all-platforms': bool({ summary: 'take the content of every platform' }),
    platform: string({ summary: 'take this platform', placeholder: 'OS/ARCH' }),
    'no-unpack': bool({ summary: 'do not unpack' }),
    local: bool({ summary: 'read the archive here instead of handing it to the daemon' }),
    'compress-blobs': bool({ summary: 'compress layers of a docker archive that are not' }),
    'discard-unpacked-layers': bool({ summary: 'with --local: keep no layer that has been unpacked' }),
    'sync-fs': bool({ summary: 'with --local: flush the file system after each layer' }),
    snapshotter: string({
      summary: "the snapshotter to unpack into (default the namespace's, else overlayfs)",
      environment: 'CONTAINERD_SNAPSHOTTER',
      placeholder: 'NAME',
    }),
    label: strings({ summary: 'labels of the images', placeholder: 'KEY=VALUE' }),
  };
  static override texts = {
    args: '<file>',
    description:
      'Reads OCI layouts and what docker save writes, compressed or not; the file is - for standard input. ' +
      'Every blob is verified, and an archive that is damaged leaves nothing behind.',
    examples: [
      ['image import nginx.tar', 'what image export or docker save wrote'],
      ['ssh build docker save app:1 | tctr image import -', 'from another machine'],
    ],
    docker: 'docker load',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageImport);
    const [file = ''] = this.words;
    if (file === '') {
      throw new UsageError('open : no such file or directory (name an archive, or - for standard input)');
    }
    if (flags['discard-unpacked-layers'] && flags['no-unpack'] && flags.local) {
      throw new UsageError('--discard-unpacked-layers and --no-unpack are incompatible options');
    }
    const [platform] = flags.platform ? readPlatforms([flags.platform], false) : [];
    await importImages(this.session, {
      source: file === '-' ? this.session.streams.stdin.fd : file,
      baseName: flags['base-name'] ?? '',
      digests: flags.digests,
      skipNamedDigest: flags['skip-digest-for-named'],
      indexName: flags['index-name'] ?? '',
      labels: parseLabelArguments(flags.label),
      platform,
      allPlatforms: flags['all-platforms'],
      unpack: !flags['no-unpack'],
      snapshotter: flags.snapshotter ?? '',
      compress: flags['compress-blobs'],
      discardLayers: flags['discard-unpacked-layers'],
      syncFs: flags['sync-fs'],
      local: flags.local,
    });
  }
}

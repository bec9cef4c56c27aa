import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, strings } from '../../cli/flags.js';
import { readPlatforms } from '../../cli/platforms.js';
import { exportImages } from '../../ops/archive/export.js';

export class ImageExport extends TctrCommand {
  static override summary = 'write images to an archive';
  static override flags = {
    'skip-manifest-json': bool({ summary: "leave docker's manifest.json out" }),
    'skip-non-distributable': bool({ summary: 'leave out layers that may not be passed on' }),
    platform: strings({ summary: 'export this platform', placeholder: 'OS/ARCH' }),
    'all-platforms': bool({ summary: 'export every platform; all must be there' }),
    local: bool({ summary: 'read the content here instead of asking the daemon for the archive' }),
  };
  static override texts = {
    args: '<file> <ref> [<ref>...]',
    description:
      'The archive is an OCI layout that docker load reads as well. The file is - for standard output; ' +
      'it appears when it is whole, and a failure leaves the one before it as it was.',
    examples: [
      ['image export nginx.tar docker.io/library/nginx:alpine', 'to carry it elsewhere'],
      ['image export - docker.io/library/nginx:alpine | gzip > nginx.tar.gz', 'through a pipe'],
    ],
    docker: 'docker save',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageExport);
    const [file, ...images] = this.words;
    if (!file || images.length === 0) {
      throw new UsageError('please provide both an output filename and an image reference to export');
    }
    await exportImages({
      client: await this.client(),
      images,
      platforms: flags.platform.length > 0 ? readPlatforms(flags.platform, false) : [],
      allPlatforms: flags['all-platforms'],
      skipManifestJson: flags['skip-manifest-json'],
      skipNonDistributable: flags['skip-non-distributable'],
      local: flags.local,
      signal: this.session.signal,
      output: file === '-' ? this.session.streams.stdout.fd : file,
    });
  }
}

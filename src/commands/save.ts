import { TctrCommand } from '../cli/command.js';
import { requireWords } from '../cli/docker/words.js';
import { UsageError } from '../cli/errors.js';
import { string } from '../cli/flags.js';
import { readPlatforms } from '../cli/platforms.js';
import { exportImages } from '../ops/archive/export.js';
import { findImage } from '../ops/find-image.js';

export class Save extends TctrCommand {
  static override summary = 'write images to an archive';
  static override grammar = 'docker' as const;
  static override flags = {
    output: string({ summary: 'the file, not standard output', aliases: ['o'], placeholder: 'FILE' }),
    platform: string({ summary: 'save this platform', placeholder: 'OS/ARCH' }),
  };
  static override texts = {
    args: '<image> [<image>...]',
    description:
      'By name, short or whole, or by the beginning of the id. The archive is one that docker load and ctr image import ' +
      'read; the file appears when it is whole.',
    examples: [
      ['save -o web.tar nginx:alpine', 'into a file'],
      ['save nginx:alpine | gzip > web.tar.gz', 'through a pipe'],
    ],
    ctr: 'ctr image export',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Save);
    requireWords(this.words, 1);
    const { stdout } = this.session.streams;
    if (flags.output === undefined && stdout.isTTY) {
      throw new UsageError('cowardly refusing to save to a terminal', { hint: 'use -o, or a pipe' });
    }
    const client = await this.client();
    const found = await Promise.all(this.words.map((word) => findImage(client, word)));
    const names = found.flatMap((image) =>
      image.by === 'name' ? [image.image.name] : image.images.map((row) => row.image.name),
    );
    await exportImages({
      client,
      images: [...new Set(names)],
      platforms: flags.platform === undefined ? [] : readPlatforms([flags.platform], false),
      allPlatforms: false,
      skipManifestJson: false,
      skipNonDistributable: false,
      local: false,
      signal: this.session.signal,
      output: flags.output ?? stdout.fd,
    });
  }
}

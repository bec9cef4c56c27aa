import { TctrCommand } from '../../cli/command.js';
import { UsageError } from '../../cli/errors.js';
import { bool, strings } from '../../cli/flags.js';
import { platformMatcher } from '../../cli/platforms.js';
import { convertImage } from '../../ops/convert/convert-image.js';

export class ImageConvert extends TctrCommand {
  static override summary = 'make an image with other media types, compression or platforms';
  static override flags = {
    uncompress: bool({ summary: 'store the layers without compression' }),
    oci: bool({ summary: "give the image OCI's media types instead of docker's" }),
    platform: strings({ summary: 'keep this platform of an index', placeholder: 'OS/ARCH' }),
    'all-platforms': bool({ summary: 'keep every platform; all must be there' }),
  };
  static override texts = {
    args: '<ref> <new ref>',
    description: "Prints the new image's digest. The new name is taken from another image that has it.",
    examples: [
      [
        'image convert --oci docker.io/library/nginx:alpine docker.io/library/nginx:oci',
        "without docker's media types",
      ],
      [
        'image convert --uncompress docker.io/library/nginx:alpine docker.io/library/nginx:plain',
        'layers that are quick to read',
      ],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ImageConvert);
    const [source, target] = this.words;
    if (!source || !target) throw new UsageError('src and target image need to be specified');
    const { digest } = await convertImage({
      client: await this.client(),
      source,
      target,
      uncompress: flags.uncompress,
      oci: flags.oci,
      matcher: platformMatcher(flags.platform, flags['all-platforms']),
      signal: this.session.signal,
    });
    this.print(`${digest}\n`);
  }
}

import { TctrCommand } from '../cli/command.js';
import { bool, string } from '../cli/flags.js';
import { installImage } from '../ops/install/install-image.js';

export class Install extends TctrCommand {
  static override summary = "install the programs in an image's bin/ on the host";
  static override flags = {
    libs: bool({ summary: 'its lib/ as well', aliases: ['l'] }),
    replace: bool({ summary: 'over files that are there', aliases: ['r'] }),
    path: string({
      summary: 'into this folder (default the daemon’s opt path, /opt/containerd)',
      placeholder: 'DIR',
    }),
  };
  static override texts = {
    args: '<ref>',
    description:
      'The image is pulled already. All of its files are installed or none: each layer is held against its digest first.',
    examples: [['install --replace docker.io/library/cni-plugins:latest', 'over the former version']],
  } as const;

  async run(): Promise<void> {
    const { libs, replace, path } = await this.flags(Install);
    const client = await this.client();
    const ref = this.words[0] ?? '';
    await installImage({ client, ref, path, libs, replace, signal: this.session.signal });
  }
}

import { TctrCommand } from '../cli/command.js';
import { pullImage } from '../cli/docker/pull-image.js';
import { requireWords } from '../cli/docker/words.js';
import { UsageError } from '../cli/errors.js';
import { bool, string } from '../cli/flags.js';
import { readPlatforms } from '../cli/platforms.js';
import { registryFlags } from '../cli/registry-flags.js';
import { normalizeDockerReference } from '../oci/docker-reference.js';
import { findImageByName } from '../ops/find-image.js';

export class Pull extends TctrCommand {
  static override summary = 'pull an image';
  static override grammar = 'docker' as const;
  static override flags = {
    quiet: bool({ summary: 'print only the name', aliases: ['q'] }),
    platform: string({ summary: 'pull this platform', placeholder: 'OS/ARCH' }),
    'all-tags': bool({ summary: 'every tag of the repository: not supported', aliases: ['a'], hidden: true }),
    ...registryFlags,
  };
  static override texts = {
    args: '<name>[:<tag>|@<digest>]',
    description:
      "What is left out of the name is docker's: docker.io, library, latest. Mirrors are those of " +
      '/etc/containerd/certs.d if it is there; logins are those of docker login.',
    examples: [
      ['pull nginx:alpine', 'docker.io/library/nginx:alpine'],
      ['-n k8s.io pull registry.example/app', 'for Kubernetes to find it'],
    ],
    ctr: 'ctr image pull docker.io/library/nginx:alpine',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Pull);
    requireWords(this.words, 1, 1);
    if (flags['all-tags']) throw new UsageError('--all-tags is not supported: name the tag');
    const ref = normalizeDockerReference(this.words[0] ?? '');
    const platforms = readPlatforms(flags.platform === undefined ? [] : [flags.platform], false);
    const client = await this.client();
    const before = await findImageByName(client, ref);
    await pullImage(this.session, {
      ref,
      platforms,
      registry: flags,
      progress: flags.quiet ? undefined : 'stdout',
    });
    const { target } = await client.images.get(ref);
    if (!flags.quiet) {
      const news = before?.target.digest === target.digest ? 'Image is up to date' : 'Downloaded newer image';
      this.print(`Digest: ${target.digest}\nStatus: ${news} for ${this.words[0] ?? ''}\n`);
    }
    this.print(`${ref}\n`);
  }
}

import { TctrCommand } from '../cli/command.js';
import { dockerRegistry, showingOn } from '../cli/docker/registry.js';
import { requireWords } from '../cli/docker/words.js';
import { UsageError } from '../cli/errors.js';
import { bool, string } from '../cli/flags.js';
import { readPlatforms } from '../cli/platforms.js';
import { push } from '../cli/push.js';
import { registryFlags } from '../cli/registry-flags.js';
import { normalizeDockerReference } from '../oci/docker-reference.js';

export class Push extends TctrCommand {
  static override summary = 'push an image';
  static override grammar = 'docker' as const;
  static override flags = {
    quiet: bool({ summary: 'print only the name', aliases: ['q'] }),
    platform: string({ summary: 'push the image of this platform alone', placeholder: 'OS/ARCH' }),
    'all-tags': bool({ summary: 'every tag of the repository: not supported', aliases: ['a'], hidden: true }),
    ...registryFlags,
  };
  static override texts = {
    args: '<name>[:<tag>]',
    description:
      "What is left out of the name is docker's: docker.io, library, latest. Logins are those of docker login. " +
      'What the registry has is not sent again.',
    examples: [
      ['push registry.example/me/web:1', 'an image under its own name'],
      ['push --platform linux/amd64 me/web', 'one platform of several'],
    ],
    ctr: 'ctr image push registry.example/me/web:1',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Push);
    requireWords(this.words, 1, 1);
    if (flags['all-tags']) throw new UsageError('--all-tags is not supported: name the tag');
    const ref = normalizeDockerReference(this.words[0] ?? '');
    const platforms = flags.platform === undefined ? [] : readPlatforms([flags.platform], false);
    const target = await push(showingOn(this.session, flags.quiet ? undefined : 'stdout'), {
      ref,
      image: ref,
      ...dockerRegistry(this.session, flags),
      platforms,
      // The daemon would send the whole index along with the one platform.
      local: platforms.length > 0,
      foreignLayers: false,
      concurrency: 0,
    });
    if (!flags.quiet) this.print(`digest: ${target.digest} size: ${target.size}\n`);
    this.print(`${ref}\n`);
  }
}

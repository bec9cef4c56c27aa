import { TctrCommand } from '../cli/command.js';
import { requireWords } from '../cli/docker/words.js';
import { UsageError } from '../cli/errors.js';
import { bool, string } from '../cli/flags.js';
import { readPlatforms } from '../cli/platforms.js';
import { familiarName, parseDockerReference } from '../oci/docker-reference.js';
import { KindError } from '../oci/errors.js';
import { safe } from '../output/safe.js';

export class Load extends TctrCommand {
  static override summary = 'read images from an archive';
  static override grammar = 'docker' as const;
  static override flags = {
    input: string({ summary: 'the file, not standard input', aliases: ['i'], placeholder: 'FILE' }),
    quiet: bool({ summary: 'there is no progress to leave out', aliases: ['q'], hidden: true }),
    platform: string({ summary: 'load this platform', placeholder: 'OS/ARCH' }),
  };
  static override texts = {
    description:
      'Reads what docker save and ctr image export write, compressed or not. Every blob is verified, and an archive that ' +
      'is damaged leaves nothing behind.',
    examples: [
      ['load -i web.tar', 'from a file'],
      ['-n k8s.io load < web.tar.gz', 'for Kubernetes to find it'],
    ],
    ctr: 'ctr image import',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Load);
    requireWords(this.words, 0, 0);
    const { stdin } = this.session.streams;
    if (flags.input === undefined && stdin.isTTY) {
      throw new UsageError('requested load from stdin, but stdin is empty', { hint: 'use -i, or a pipe' });
    }
    const [{ importLocal }, client] = await Promise.all([
      import('../ops/archive/import-local.js'),
      this.client(),
    ]);
    const [platform] = flags.platform === undefined ? [] : readPlatforms([flags.platform], false);
    const events = importLocal({
      client,
      source: flags.input ?? stdin.fd,
      baseName: '',
      digests: true,
      skipNamedDigest: true,
      indexName: '',
      labels: new Map(),
      platform,
      allPlatforms: false,
      unpack: true,
      snapshotter: '',
      compress: false,
      discardLayers: false,
      syncFs: false,
      signal: this.session.signal,
    });
    for await (const { kind, image } of events) {
      if (kind === 'unpacked') this.print(`Loaded image: ${safe(shortName(image.name))}\n`);
    }
  }
}

/** A name as docker writes it; one of containerd's own as it is. */
function shortName(name: string): string {
  try {
    const reference = parseDockerReference(name);
    const { tag, digest } = reference;
    return `${familiarName(reference)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return name;
  }
}

import { TctrCommand } from '../../cli/command.js';
import { fits, hasLabel, readFilters } from '../../cli/docker/filters.js';
import { requireWords } from '../../cli/docker/words.js';
import { bool, string, strings } from '../../cli/flags.js';
import { describeDockerImages, type DockerImage } from '../../ops/docker-images.js';
import { dockerImages, imageFields } from '../../views/docker-images.js';
import { renderDocker } from '../../views/docker-view.js';

const filterKeys = ['reference', 'dangling', 'label'];

export class DockerImages extends TctrCommand {
  static override summary = 'list images';
  static override grammar = 'docker' as const;
  static override flags = {
    all: bool({ summary: 'also names by digest of images that have a tag', aliases: ['a'] }),
    quiet: bool({ summary: 'print only the ids', aliases: ['q'] }),
    digests: bool({ summary: 'show the digests' }),
    'no-trunc': bool({ summary: 'print whole ids' }),
    filter: strings({
      summary: 'reference=PATTERN, dangling=true, label=KEY[=VALUE]',
      aliases: ['f'],
      placeholder: 'KEY=VALUE',
    }),
    format: string({
      summary: "print as 'table', 'json', or a Go template such as '{{.ID}}'",
      placeholder: 'FORMAT',
    }),
  };
  static override texts = {
    args: '[<repository>[:<tag>]]',
    description: "SIZE is the content's: what was downloaded. The layers on disk are larger.",
    examples: [
      ['images', 'one row for each name'],
      ["images --format '{{.Repository}}:{{.Tag}}'", 'as a script wants it'],
    ],
    ctr: 'ctr image ls',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(DockerImages);
    requireWords(this.words, 0, 1);
    const filters = readFilters(flags.filter, filterKeys);
    const [wanted] = this.words;
    const client = await this.client();
    const all = await describeDockerImages(client, await client.images.list());
    const tagged = new Set(all.filter(({ tag }) => tag !== '<none>').map(({ id }) => id));
    const rows = all.filter((row) => {
      const folded = row.tag === '<none>' && tagged.has(row.id);
      return (
        (flags.all || flags.digests || !folded) &&
        (wanted === undefined || matchesReference(row, wanted)) &&
        fits(filters, 'reference', (pattern) => matchesReference(row, pattern)) &&
        fits(
          filters,
          'dangling',
          (value) => (row.tag === '<none>' && !tagged.has(row.id)) === (value === 'true' || value === '1'),
        ) &&
        fits(filters, 'label', (label) => hasLabel(row.config?.process.labels ?? new Map(), label))
      );
    });
    const now = new Date();
    const fields = rows.map((row) => imageFields(row, { whole: flags['no-trunc'], now }));
    this.print(await renderDocker(fields, dockerImages(flags.digests), flags));
  }
}

/** docker's patterns: `*` and `?` do not reach across a slash; without a tag every tag fits. */
function matchesReference({ repository, tag, image }: DockerImage, pattern: string): boolean {
  const shown = [repository, `${repository}:${tag}`, image.name, image.name.replace(/[:@][^/]*$/, '')];
  if (shown.includes(pattern)) return true;
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/\*+/g, '[^/]*')
    .replaceAll('?', '[^/]');
  // Each star stands for a part without a slash; a pattern of the user's own, and names are short.
  const expression = new RegExp(`^${source}$`);
  return shown.some((name) => expression.test(name));
}

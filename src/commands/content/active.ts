import { parseDuration } from '../../oci/duration.js';
import { TctrCommand } from '../../cli/command.js';
import { duration, string, stringOr } from '../../cli/flags.js';
import { listFlags } from '../../cli/list-flags.js';
import { ingestFilter } from '../../ops/ingest-filter.js';
import { ingestList } from '../../views/ingest-list.js';
import { renderList } from '../../views/render-list.js';

export class ContentActive extends TctrCommand {
  static override summary = 'list what is on its way into the store';
  static override flags = {
    timeout: duration({
      summary: 'how long the daemon may take',
      aliases: ['t'],
      environment: 'CONTAINERD_FETCH_TIMEOUT',
      placeholder: 'DURATION',
    }),
    root: stringOr('/tmp/content', { summary: 'of no use, as in ctr', hidden: true }),
    quiet: listFlags.quiet,
    format: string({ summary: "print as 'table', 'json', or a Go template", placeholder: 'FORMAT' }),
  };
  static override texts = {
    args: '[<regexp>]',
    description:
      'The names of downloads begin with manifest-, index-, config- or layer-. A filter such as ref==NAME is taken, too.',
    examples: [
      ['content active', 'what is being written'],
      ["content active '^layer-'", 'the layers'],
    ],
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(ContentActive);
    const [pattern] = this.words;
    const filters = pattern === undefined ? [] : [ingestFilter(pattern)];
    const client = await this.client();
    const milliseconds = Number(parseDuration(flags.timeout ?? '0') / 1_000_000n);
    const statuses = await client.content.statuses(
      filters,
      milliseconds > 0 ? { timeout: milliseconds } : {},
    );
    const rows = statuses.toSorted((a, b) => compareRefs(a.ref, b.ref));
    this.print(await renderList(rows, ingestList(Date.now()), flags));
  }
}

const compareRefs = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import { TctrCommand } from '../cli/command.js';
import { fits, hasLabel, readFilters, type Filters } from '../cli/docker/filters.js';
import { requireWords } from '../cli/docker/words.js';
import { bool, int, string, strings } from '../cli/flags.js';
import { describeContainers, type DescribedContainer } from '../ops/describe-containers.js';
import { specSummary } from '../ops/spec-of.js';
import { containerFields, dockerContainers } from '../views/docker-containers.js';
import { renderDocker } from '../views/docker-view.js';

const filterKeys = ['id', 'name', 'label', 'status', 'exited', 'ancestor'];

export class Ps extends TctrCommand {
  static override summary = 'list running containers';
  static override grammar = 'docker' as const;
  static override flags = {
    all: bool({ summary: 'also those that do not run', aliases: ['a'] }),
    quiet: bool({ summary: 'print only the ids', aliases: ['q'] }),
    last: int({ summary: 'the last N created, running or not', aliases: ['n'] }),
    latest: bool({ summary: 'the last one created, running or not', aliases: ['l'] }),
    'no-trunc': bool({ summary: 'print whole ids and commands' }),
    filter: strings({
      summary: 'id=, name=, label=, status=, exited=, ancestor=',
      aliases: ['f'],
      placeholder: 'KEY=VALUE',
    }),
    format: string({
      summary: "print as 'table', 'json', or a Go template such as '{{.ID}}'",
      placeholder: 'FORMAT',
    }),
  };
  static override texts = {
    description:
      "Names are docker's in its namespace (moby), namespace/pod/container in Kubernetes' (k8s.io), and the id for others.",
    examples: [
      ['ps -a', 'those that have ended, too'],
      ['-n moby ps', "docker's own containers"],
      ['ps -a -q --filter status=exited', 'ids for a script'],
    ],
    ctr: 'ctr container ls and ctr task ls',
  } as const;

  async run(): Promise<void> {
    const flags = await this.flags(Ps);
    requireWords(this.words, 0, 0);
    const filters = readFilters(flags.filter, filterKeys);
    const client = await this.client();
    const described = await describeContainers(client);
    const limit = flags.latest ? 1 : Number(flags.last ?? 0n);
    const everyState = flags.all || limit > 0 || filters.has('status') || filters.has('exited');
    const shown = described.filter((row) => (everyState || isUp(row)) && matches(row, filters));
    const rows = limit > 0 ? shown.slice(0, limit) : shown;
    const options = { whole: flags['no-trunc'], now: new Date(), namespace: client.namespace };
    const fields = rows.map((row) =>
      containerFields({ ...row, ...specSummary(row.container), ports: row.docker?.ports ?? [] }, options),
    );
    this.print(await renderDocker(fields, dockerContainers, flags));
    if (described.length === 0) await this.hintAtOthers();
  }

  /** Who looks for containers in an empty namespace may be in the wrong one. */
  private async hintAtOthers(): Promise<void> {
    const { stderr } = this.session.streams;
    if (!stderr.isTTY) return;
    const client = await this.client();
    const others = (await client.namespaces.list()).filter(({ name }) => name !== client.namespace);
    const counts = await Promise.all(
      others.map(async ({ name }) => ({
        name,
        count: (await client.within({ namespace: name }).containers.list()).length,
      })),
    );
    const holding = counts.filter(({ count }) => count > 0).map(({ name, count }) => `${name} has ${count}`);
    if (holding.length > 0)
      this.diagnostics.info(`no containers in namespace ${client.namespace}; ${holding.join(', ')}: -n NAME`);
  }
}

const isUp = ({ state }: DescribedContainer): boolean =>
  state.status === 'running' || state.status === 'paused';

function matches({ container, name, image, state }: DescribedContainer, filters: Filters): boolean {
  return (
    fits(filters, 'id', (value) => container.id.startsWith(value)) &&
    fits(filters, 'name', (value) => name.includes(value)) &&
    fits(filters, 'label', (value) => hasLabel(container.labels, value)) &&
    fits(filters, 'status', (value) => value === state.status) &&
    fits(filters, 'exited', (value) => state.status === 'exited' && value === String(state.exitCode)) &&
    fits(
      filters,
      'ancestor',
      (value) => image === value || image.endsWith(`/${value}`) || image.endsWith(`/${value}:latest`),
    )
  );
}

import type { TopicFlag } from './argv/flag-spec.js';
import type { CatalogNode, Found } from './catalog.js';
import type { CommandClass } from './command.js';
import { globalFlags } from './globals.js';

interface FlagHelp {
  readonly kind: string;
  readonly spellings: readonly string[];
  readonly summary: string;
  readonly helpValue?: string;
  readonly helpGroup?: string;
  readonly environment?: string;
  readonly hidden?: boolean;
}

/** The help of a command. */
export function commandHelp(program: string, found: Found, command: CommandClass): string {
  const { texts: help, summary } = command;
  const words = found.typed.join(' ');
  const args = help.args === undefined ? '' : ` ${help.args}`;
  const sections = [sentence(summary), section('Usage', [`${program} ${words} [flags]${args}`])];
  if (command.aliases.length > 0) sections.push(section('Aliases', [command.aliases.join(', ')]));
  if (help.description !== undefined) sections.push(section('About', wrap(help.description, 88)));
  for (const [group, flags] of flagGroups(command.flags)) {
    sections.push(section(group === '' ? 'Flags' : group, columns(flags)));
  }
  if (help.examples) {
    const examples = help.examples.flatMap(([line, what]) => [`# ${what}`, `${program} ${line}`]);
    sections.push(section('Examples', examples));
  }
  if (help.docker !== undefined) sections.push(section('In docker', [help.docker]));
  if (help.ctr !== undefined) sections.push(section('In ctr', [help.ctr]));
  return `${sections.join('\n\n')}\n`;
}

/** The help of a topic: what it holds; of `docker` all of docker's words, wherever they stand. */
export function topicHelp(program: string, found: Found, root: CatalogNode): string {
  const words = found.typed.join(' ');
  const { node } = found;
  const { flags = [] } = node;
  const usage = flags.length > 0 ? '[flags] <command>' : '<command>';
  const sections = [sentence(node.summary), section('Usage', [`${program} ${words} ${usage}`])];
  if (node.aliases.length > 0) sections.push(section('Aliases', [node.aliases.join(', ')]));
  sections.push(section('Commands', columns(commandRows(topicCommands(node, root)))));
  if (flags.length > 0) {
    sections.push(section('Flags (before the command)', columns(rows(topicFlagHelp(flags)))));
  }
  sections.push(`Run '${program} ${words} <command> --help' for more on a command.`);
  return `${sections.join('\n\n')}\n`;
}

function topicCommands(topic: CatalogNode, root: CatalogNode): readonly CatalogNode[] {
  const own = topic.children ?? [];
  if (topic.name !== 'docker') return own;
  const named = new Set(own.map(({ name }) => name));
  const words = (root.children ?? []).filter(({ grammar, name }) => grammar === 'docker' && !named.has(name));
  return [...own, ...words].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function topicFlagHelp(flags: readonly TopicFlag[]): Readonly<Record<string, FlagHelp>> {
  return Object.fromEntries(
    flags.map(({ name, names, kind, env, summary, placeholder: value }): [string, FlagHelp] => [
      name,
      {
        kind,
        summary,
        spellings: names.filter((spelling) => spelling !== name),
        ...(value === undefined ? {} : { helpValue: value }),
        ...(env === undefined ? {} : { environment: env }),
      },
    ]),
  );
}

/** The help of tctr itself. */
export function rootHelp(program: string, root: CatalogNode): string {
  const children = root.children ?? [];
  const topics = children.filter((node) => node.children);
  const commands = children.filter((node) => node.load);
  const docker = commands.filter((node) => node.grammar === 'docker');
  const own = commands.filter((node) => node.grammar !== 'docker');
  return `${[
    root.summary,
    section('Usage', [`${program} [global flags] <command> [flags] [arguments]`]),
    section('Topics, one for each of containerd’s services', columns(commandRows(topics))),
    section('Commands', columns(commandRows(own))),
    section('Docker’s words', columns(commandRows(docker))),
    section(
      'Global flags (before the command)',
      columns(rows(globalFlags as unknown as Record<string, FlagHelp>)),
    ),
    section('Examples', [
      '# whose containers are there?',
      `${program} -n moby container ls`,
      '# docker’s words work too',
      `${program} run -it --rm docker.io/library/alpine:3 sh`,
    ]),
    `Run '${program} <command> --help' for more on a command. alias docker='${program} docker' works.`,
  ].join('\n\n')}\n`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function section(title: string, lines: readonly string[]): string {
  return `${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

type Row = readonly [left: string, right: string];

function commandRows(nodes: readonly CatalogNode[]): Row[] {
  return nodes
    .filter((node) => node.hidden !== true)
    .map((node) => [[node.name, ...node.aliases].join(', '), node.summary] as const);
}

function flagGroups(flags: object): [group: string, rows: Row[]][] {
  const groups = new Map<string, Record<string, FlagHelp>>([['', {}]]);
  for (const [name, flag] of Object.entries(flags as Record<string, FlagHelp>)) {
    if (flag.hidden === true) continue;
    const group = flag.helpGroup ?? '';
    groups.set(group, { ...groups.get(group), [name]: flag });
  }
  return [...groups].map(([group, own]) => {
    const help: Row[] = group === '' ? [['    --help, -h', 'show this help']] : [];
    return [group, [...rows(own), ...help]];
  });
}

function rows(flags: Readonly<Record<string, FlagHelp>>): Row[] {
  return Object.entries(flags).map(([name, flag]) => {
    const names = [name, ...flag.spellings].map((spelling) =>
      spelling.length === 1 ? `-${spelling}` : `--${spelling}`,
    );
    const value = flag.kind === 'bool' ? '' : ` ${flag.helpValue ?? placeholder(flag.kind)}`;
    const many = flag.kind === 'strings' || flag.kind === 'ints' ? ' …' : '';
    const env = flag.environment === undefined ? '' : ` [$${flag.environment}]`;
    return [`    ${names.join(', ')}${value}${many}`, `${flag.summary}${env}`];
  });
}

function placeholder(kind: string): string {
  switch (kind) {
    case 'int':
    case 'uint':
    case 'ints':
    case 'float':
      return 'N';
    case 'duration':
      return 'DURATION';
    default:
      return 'VALUE';
  }
}

/** Two columns; a left side too long for its column gets a line of its own. */
function columns(entries: readonly Row[]): string[] {
  const width = Math.min(34, Math.max(0, ...entries.map(([left]) => left.length)));
  return entries.flatMap(([left, right]) =>
    left.length > width
      ? [left, `${' '.repeat(width)}  ${right}`]
      : [`${left.padEnd(width)}  ${right}`.trimEnd()],
  );
}

function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines = [''];
    for (const word of paragraph.split(' ')) {
      const line = lines[lines.length - 1] ?? '';
      if (line !== '' && line.length + word.length + 1 > width) lines.push(word);
      else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    }
    return lines;
  });
}

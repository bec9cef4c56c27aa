import type { Client } from '../client/client.js';
import { FlagValues, type FlagSpec } from './argv/flag-spec.js';
import { parseGoFlags } from './argv/go-flags.js';
import { parseTopicFlags } from './argv/topic-flags.js';
import { find, type CatalogNode } from './catalog.js';
import type { CommandClass } from './command.js';
import { completions } from './dispatch.js';
import { UsageError } from './errors.js';
import { flagSpecs } from './flags.js';
import { globalSpecs, readGlobals } from './globals.js';
import type { Env, Globals } from './session.js';

/** What completion knows of a line. */
export interface CompletionRequest {
  readonly catalog: CatalogNode;
  /** The words before the one that is typed, and its beginning where that is a flag's. */
  readonly words: readonly string[];
  readonly env: Env;
  /** The names that the daemon has of something; none where it does not answer at once. */
  readonly names: (what: NameKind, globals: Globals) => Promise<readonly string[]>;
}

/** What a positional may name. */
export type NameKind = 'container' | 'image' | 'namespace' | 'lease' | 'sandbox';

const kinds: readonly (readonly [RegExp, NameKind])[] = [
  [/^<container[|>]/, 'container'],
  [/^<(?:image[|>]|ref>)/, 'image'],
  [/^<sandbox>/, 'sandbox'],
];
/** Topics whose commands take names of their own without saying which. */
const ofTopic: Readonly<Record<string, NameKind>> = { namespace: 'namespace', lease: 'lease' };
/** Their first word is an image, a file, or a name that is not there yet. */
const makers: ReadonlySet<string> = new Set(['create', 'run', 'import', 'pull']);

/**
 * The words that completion offers: ctr's `--generate-bash-completion`, at every level. Commands of a topic, names that
 * the daemon has for a command's arguments, and flags where the last word begins with a dash.
 */
export async function complete(request: CompletionRequest): Promise<readonly string[]> {
  const { catalog, words } = request;
  const last = words.at(-1) ?? '';
  const isFlag = last.startsWith('-');
  const before = isFlag ? words.slice(0, -1) : words;
  const line = readLine(before, globalSpecs);
  const found = find(catalog, line.positionals);
  let { node } = found;
  let { rest } = found;
  const specs: readonly FlagSpec[] = found.topicFlags ?? [];
  if (!node.load && specs.length > 0) {
    const below = find(node, parseTopicLine(rest, specs));
    ({ node, rest } = below);
  }
  const command = node.load ? await node.load() : undefined;
  if (isFlag) return flagWords(last, flagsOf(command, node, found.path.length === 0));
  if (!command) return completions(node, []);
  const kind = nameKind(command, node.name, found.path[0] ?? '');
  const names = kind
    ? await request.names(
        kind,
        readGlobals(FlagValues.of(line.values).fillFrom(request.env, globalSpecs).values),
      )
    : [];
  return [...names.filter((name) => !rest.includes(name)), ...(rest.length === 0 ? ['help', 'h'] : [])];
}

/** The names of something, as the daemon has them. */
export async function namesOf(client: Client, what: NameKind): Promise<readonly string[]> {
  switch (what) {
    case 'container':
      return (await client.containers.list([])).map(({ id }) => id);
    case 'image':
      return (await client.images.list([])).map(({ name }) => name);
    case 'namespace':
      return (await client.namespaces.list()).map(({ name }) => name);
    case 'lease':
      return (await client.leases.list([])).map(({ id }) => id);
    case 'sandbox':
      return (await client.sandboxes.list([])).map(({ sandboxId }) => sandboxId);
  }
}

function flagsOf(command: CommandClass | undefined, node: CatalogNode, isRoot: boolean): readonly FlagSpec[] {
  if (command) return flagSpecs(command.flags);
  return isRoot ? globalSpecs : (node.flags ?? []);
}

function flagWords(typed: string, specs: readonly FlagSpec[]): readonly string[] {
  const beginning = typed.replace(/^--?/, '');
  const long = typed.startsWith('--');
  return [...specs.flatMap(({ names }) => names), 'help', 'h']
    .filter((name) => name.startsWith(beginning) && !(long && name.length === 1))
    .map((name) => (name.length === 1 ? `-${name}` : `--${name}`));
}

function nameKind(command: CommandClass, name: string, topic: string): NameKind | undefined {
  const { args = '' } = command.texts;
  const [, kind] = kinds.find(([shape]) => shape.test(args)) ?? [];
  if (kind === 'image') return topic === 'content' ? undefined : kind;
  if (kind) return makers.has(name) ? undefined : kind;
  return makers.has(name) || args === '' ? undefined : ofTopic[topic];
}

/** A line that is not finished may not be one yet: what cannot be read is left out. */
function readLine(words: readonly string[], specs: readonly FlagSpec[]) {
  try {
    return parseGoFlags(words, { specs, interspersed: false });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { values: new Map<string, readonly string[]>(), positionals: [] };
  }
}

function parseTopicLine(words: readonly string[], specs: readonly FlagSpec[]): readonly string[] {
  try {
    return parseTopicFlags(words, specs as Parameters<typeof parseTopicFlags>[1]).positionals;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [];
  }
}

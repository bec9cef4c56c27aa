import { parseDockerFlags } from './argv/docker-flags.js';
import type { ParsedLine } from './argv/flag-spec.js';
import { FlagValues } from './argv/flag-spec.js';
import { parseGoFlags } from './argv/go-flags.js';
import { parseTopicFlags } from './argv/topic-flags.js';
import { child, find, type CatalogNode, type Found } from './catalog.js';
import type { CommandClass } from './command.js';
import { ownName, UnknownCommandError, UsageError } from './errors.js';
import { flagSpecs } from './flags.js';
import type { Env } from './session.js';

/** What a line asks for, read as far as it can be without running anything. */
export type Request =
  | { readonly kind: 'run'; readonly command: CommandClass; readonly line: ParsedLine; readonly found: Found }
  | { readonly kind: 'help'; readonly found: Found; readonly command?: CommandClass }
  | {
      readonly kind: 'misuse';
      readonly error: UsageError;
      readonly found: Found;
      readonly command?: CommandClass;
    };

/**
 * Leads a line (global flags taken off) to its command, and reads the command's flags in its dialect.
 * @throws UnknownCommandError when the words lead nowhere.
 */
export async function dispatch(root: CatalogNode, argv: readonly string[], env: Env): Promise<Request> {
  const sought = seek(root, argv);
  const found = readTopicFlags(sought, env);
  if (found instanceof UsageError) return { kind: 'misuse', found: sought, error: found };
  if (found === 'help') return { kind: 'help', found: sought };
  const word = found.rest[0];
  if (found.node.load) return readCommand(root, found, env);
  if (word === undefined) return { kind: 'help', found };
  if (word === 'help' || word === 'h') return help(root, found, found.rest.slice(1));
  if (/^--?(?:help|h)$/.test(word)) return { kind: 'help', found };
  if (word.startsWith('-')) {
    const name = word.replace(/^--?/, '').replace(/=.*$/, '');
    return { kind: 'misuse', found, error: new UsageError(`flag provided but not defined: -${name}`) };
  }
  throw await unknown(root, found, word);
}

/** Finds the words' node; `docker WORD` falls back to a top-level word of docker's, `images` alone lists. */
function seek(root: CatalogNode, argv: readonly string[]): Found {
  const found = find(root, argv);
  const [first, ...rest] = argv;
  if (first === 'docker' && found.path.length === 1) {
    const direct = find(root, rest);
    if (direct.node.grammar === 'docker') return { ...direct, typed: [first, ...direct.typed] };
  }
  const word = found.rest[0];
  const listed =
    first === 'images' && found.path.length === 1 && (word === undefined || word.startsWith('-'));
  if (listed && !/^--?(?:help|h)$/.test(word ?? '')) {
    const list = find(root, ['docker', 'images']);
    if (list.path.length === 2) return { ...list, typed: ['images'], rest: found.rest };
  }
  return found;
}

/** Reads the flags between a topic and its command, and goes on behind them. */
function readTopicFlags(found: Found, env: Env): Found | 'help' | UsageError {
  const { topicFlags } = found;
  if (!topicFlags) return found;
  if (found.node.load) {
    return { ...found, topicValues: new FlagValues().fillFrom(env, topicFlags).values };
  }
  try {
    const { values, positionals, help: asked } = parseTopicFlags(found.rest, topicFlags);
    if (asked) return 'help';
    const below = find(found.node, positionals);
    return {
      ...below,
      path: [...found.path, ...below.path],
      typed: [...found.typed, ...below.typed],
      topicValues: FlagValues.of(values).fillFrom(env, topicFlags).values,
    };
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

async function readCommand(root: CatalogNode, found: Found, env: Env): Promise<Request> {
  const command = await load(found.node);
  const read = readLine(command, found.rest, env);
  if (!(read instanceof UsageError)) return settle(found, command, read);
  const twin = command.grammar === 'ctr' ? await dockerTwin(root, found, env) : undefined;
  if (!(twin instanceof UsageError)) return twin ?? { kind: 'misuse', error: read, found, command };
  return { kind: 'misuse', error: withDockerHint(read, twin, found), found, command };
}

/** A flag that only docker's grammar knows, and that it could not read either: what it says is worth a hint. */
function withDockerHint(read: UsageError, docker: UsageError, { typed }: Found): UsageError {
  const isUnknown = /^flag provided but not defined/.test(read.message);
  if (!isUnknown || /^unknown (?:shorthand )?flag/.test(docker.message)) return read;
  return new UsageError(read.message, { hint: `read as docker ${typed.join(' ')}: ${docker.message}` });
}

function settle(found: Found, command: CommandClass, line: ParsedLine): Request {
  // ctr: `ctr container info help` (2.x) shows the command's help.
  const [word, ...others] = line.positionals;
  const asked = command.grammar === 'ctr' && (word === 'help' || word === 'h') && line.values.size === 0;
  if (asked && others[0] !== undefined) throw new UnknownCommandError(others[0]);
  if (line.help || asked) return { kind: 'help', found, command };
  const { topicValues: topic } = found;
  return { kind: 'run', command, line: topic ? { ...line, topic } : line, found };
}

/**
 * A word of both (`run`) reads as docker's where ctr's flags cannot be read and docker's can; gives docker's
 * error where neither can, and undefined where docker has no such word.
 */
async function dockerTwin(
  root: CatalogNode,
  found: Found,
  env: Env,
): Promise<Request | UsageError | undefined> {
  const twin = find(root, ['docker', ...found.path]);
  if (!twin.node.load || twin.rest.length > 0) return undefined;
  const command = await load(twin.node);
  const line = readLine(command, found.rest, env);
  const own = { ...twin, typed: found.typed, rest: found.rest };
  return line instanceof UsageError ? line : settle(own, command, line);
}

function readLine(command: CommandClass, argv: readonly string[], env: Env): ParsedLine | UsageError {
  const specs = flagSpecs(command.flags);
  const parse = command.grammar === 'docker' ? parseDockerFlags : parseGoFlags;
  try {
    const line = parse(argv, { specs, interspersed: command.interspersed });
    return { ...line, values: FlagValues.of(line.values).fillFrom(env, specs).values };
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

async function help(root: CatalogNode, found: Found, words: readonly string[]): Promise<Request> {
  const target = find(found.node, words);
  const word = target.rest[0];
  if (word !== undefined) throw await unknown(root, target, word);
  const whole: Found = {
    ...target,
    path: [...found.path, ...target.path],
    typed: [...found.typed, ...target.typed],
  };
  return target.node.load
    ? { kind: 'help', found: whole, command: await load(target.node) }
    : { kind: 'help', found: whole };
}

async function load(node: CatalogNode): Promise<CommandClass> {
  if (!node.load) throw new Error(`${node.name} is a topic`);
  return node.load();
}

/** What there is to say of a word that leads nowhere: what does docker's work here, or the nearest word. */
async function unknown(root: CatalogNode, { node }: Found, word: string): Promise<UnknownCommandError> {
  const isDocker = node.name === 'docker';
  if (isDocker && child(root, word)) {
    return new UnknownCommandError(word, undefined, { hint: `a word of ctr's: ${ownName} ${word}` });
  }
  if (isDocker || node === root) {
    const { insteadOf } = await import('./docker/absent-words.js');
    const hint = insteadOf(word);
    if (hint !== undefined) return new UnknownCommandError(word, undefined, { hint });
  }
  return new UnknownCommandError(word, await suggestion(node, word));
}

/** The nearest word, where one is near. */
async function suggestion(node: CatalogNode, word: string): Promise<string | undefined> {
  if (word.length > 64) return undefined;
  const { default: levenshtein } = await import('fastest-levenshtein');
  const names = (node.children ?? []).flatMap((entry) =>
    entry.hidden ? [] : [entry.name, ...entry.aliases],
  );
  const near = names
    .map((name) => ({ name, far: levenshtein.distance(word, name) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far);
  return near[0]?.name;
}

/** The names that bash completion offers below the words: ctr's `--generate-bash-completion`. */
export function completions(root: CatalogNode, argv: readonly string[]): readonly string[] {
  const { node } = find(root, argv);
  const children = (node.children ?? []).filter((entry) => !entry.hidden);
  return [...children.flatMap((entry) => [entry.name, ...entry.aliases]), 'help', 'h'];
}

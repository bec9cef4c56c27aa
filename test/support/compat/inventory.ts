import type { FlagSpec } from '../../../src/cli/argv/flag-spec.js';
import { parseGoFlags } from '../../../src/cli/argv/go-flags.js';
import { UsageError } from '../../../src/cli/errors.js';
import type { Argv, Version } from './case.js';

/** A flag that ctr has. */
export interface InventoryFlag {
  readonly name: string;
  /** Every spelling, without dashes. */
  readonly names: readonly string[];
  /** Whether it takes a value. */
  readonly value: boolean;
  readonly versions: readonly Version[];
}

/** A command that ctr has, or a topic with commands below it; test/compat/inventory.json is a list of them. */
export interface InventoryCommand {
  /** The words, apart by blanks; none for ctr itself. */
  readonly path: string;
  readonly topic: boolean;
  readonly versions: readonly Version[];
  readonly aliases: readonly { readonly name: string; readonly versions: readonly Version[] }[];
  readonly flags: readonly InventoryFlag[];
}

/** What a line uses: keys of {@link flagKey} and {@link commandKey}. */
export type Uses = ReadonlySet<string>;

/** Names a command among all. */
export const commandKey = (path: string): string => path;

/** Names a flag among those of all commands. */
export const flagKey = (path: string, flag: string): string => `${path} --${flag}`.trim();

/** The command and the flags that ctr finds in a line; none where it cannot read it, or shows a help. */
export function usesOf(inventory: readonly InventoryCommand[], argv: Argv): Uses {
  const uses = new Set<string>();
  let command = inventory.find(({ path }) => path === '');
  let rest = argv;
  while (command) {
    const line = read(rest, command.flags.map(specOf));
    if (!line || line.help) return new Set();
    for (const name of line.values.keys()) uses.add(flagKey(command.path, name));
    uses.add(commandKey(command.path));
    if (!command.topic) return uses;
    const { path } = command;
    const [word, ...others] = line.positionals;
    command = inventory.find(
      (below) =>
        parentOf(below.path) === path &&
        (lastOf(below.path) === word || below.aliases.some(({ name }) => name === word)),
    );
    rest = others;
  }
  return new Set();
}

/** The words of a command but the last; undefined for ctr itself. */
export function parentOf(path: string): string | undefined {
  return path === '' ? undefined : path.split(' ').slice(0, -1).join(' ');
}

const lastOf = (path: string): string => path.split(' ').at(-1) ?? '';

function specOf({ name, names, value }: InventoryFlag): FlagSpec {
  return { name, names, kind: value ? 'strings' : 'bool' };
}

function read(argv: Argv, specs: readonly FlagSpec[]): ReturnType<typeof parseGoFlags> | undefined {
  try {
    return parseGoFlags(argv, { specs, interspersed: false });
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

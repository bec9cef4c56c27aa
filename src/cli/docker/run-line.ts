import { parseDockerReference } from '../../oci/docker-reference.js';
import { KindError } from '../../oci/errors.js';
import type { ParsedLine } from '../argv/flag-spec.js';
import { dockerContainerFlags } from './container-flags.js';

/** Flags of `run` that stand beside those of the container. */
const runFlags: ReadonlySet<string> = new Set(['rm', 'detach', 'pid-file']);

/**
 * What to do about a line of ctr's `run` whose image is not in the store under any name: `ref` fetches it. A short name
 * is one of docker's, and so is the line then, as is one without an id.
 */
export function missingImageHint(program: string, line: ParsedLine): string {
  const [ref = '', id] = line.positionals;
  if (hasDomain(ref) && id !== undefined) return `${program} image pull ${shellWord(ref)} fetches it`;
  return `${program} pull ${shellWord(ref)} fetches it; ${dockerFormHint(program, line)}`;
}

/** How docker's users say what a line of ctr's `run` says, or lacks the id for. */
export function dockerFormHint(program: string, { values, positionals }: ParsedLine): string {
  const line = dockerRunLine(values, positionals) ?? 'docker run --help';
  return `ctr's run takes a full image name and an id; docker's form: ${program} ${line}`;
}

function hasDomain(ref: string): boolean {
  try {
    return ref.startsWith(`${parseDockerReference(ref).domain}/`);
  } catch (error) {
    if (!(error instanceof KindError)) throw error;
    return false;
  }
}

/**
 * A line of ctr's `run` in docker's words; undefined where a flag is one that docker has not.
 */
function dockerRunLine(
  values: ReadonlyMap<string, readonly string[]>,
  words: readonly string[],
): string | undefined {
  const flags: string[] = [];
  for (const [name, given] of values) {
    const flag = runFlags.has(name) ? undefined : dockerFlag(name);
    if (!flag && !runFlags.has(name)) return undefined;
    const isSwitch = (flag?.type ?? (name === 'pid-file' ? 'option' : 'boolean')) === 'boolean';
    if (!isSwitch) flags.push(...given.map((value) => `--${name}=${value}`));
    else if (given.at(-1) === 'true') flags.push(`--${name}`);
  }
  return ['docker', 'run', ...flags, ...words].map(shellWord).join(' ');
}

function dockerFlag(name: string): { readonly type: string } | undefined {
  return (dockerContainerFlags as Readonly<Record<string, { readonly type: string } | undefined>>)[name];
}

/** A word as a shell takes it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

import { UsageError } from '../errors.js';
import { FlagValues, flagIndex, type FlagSpec, type ParsedLine } from './flag-spec.js';
import { goValue } from './go-value.js';

/** How ctr's dialect is read. */
export interface GoGrammar {
  readonly specs: readonly FlagSpec[];
  /** Flags that the command knows count behind positionals too, as ctr 1.x had it (`image rm a --sync`). */
  readonly interspersed: boolean;
}

/**
 * Reads a line by the rules of Go's flag package, as urfave/cli uses them: one or two dashes make no
 * difference, a boolean never takes the next token, the last value of a scalar wins, and `--` ends the
 * flags if it stands before the first positional.
 * @throws UsageError in Go's words.
 */
export function parseGoFlags(argv: readonly string[], grammar: GoGrammar): ParsedLine {
  const index = flagIndex(grammar.specs);
  const values = new FlagValues();
  const positionals: string[] = [];
  let help = false;
  let at = 0;

  /** Reads the flag at `at`; false when the command does not know it. */
  const readFlag = (token: string): boolean => {
    const { name, value } = split(token);
    if (name === 'help' || name === 'h') {
      if (!index.has(name)) {
        help = value === undefined || goValue(helpSpec, `-${name}`, value) === 'true';
        return true;
      }
    }
    const spec = index.get(name);
    if (!spec) return false;
    if (spec.kind === 'bool') values.set(spec, goValue(spec, `-${name}`, value ?? 'true'));
    else if (value !== undefined) values.set(spec, goValue(spec, `-${name}`, value));
    else {
      const next = argv[at++];
      if (next === undefined) throw new UsageError(`flag needs an argument: -${name}`);
      values.set(spec, goValue(spec, `-${name}`, next));
    }
    return true;
  };

  while (at < argv.length) {
    const token = argv[at++] as string;
    const dashed = token.length > 1 && token.startsWith('-');
    if (positionals.length === 0 && token === '--') {
      return { values: values.values, positionals: argv.slice(at), help };
    }
    if (positionals.length > 0 && (token === '--' || !grammar.interspersed)) {
      return { values: values.values, positionals: [...positionals, ...argv.slice(at - 1)], help };
    }
    if (!dashed) positionals.push(token);
    else if (positionals.length === 0) {
      checkShape(token);
      if (!readFlag(token)) throw new UsageError(`flag provided but not defined: -${split(token).name}`);
    } else if (!/^--?[^-=]/.test(token) || !readFlag(token)) positionals.push(token);
  }
  return { values: values.values, positionals, help };
}

const helpSpec: FlagSpec = { name: 'help', names: ['help', 'h'], kind: 'bool' };

/** Takes `-name`, `--name`, `-name=value` apart. */
function split(token: string): { name: string; value?: string } {
  const bare = token.slice(token.startsWith('--') ? 2 : 1);
  const equals = bare.indexOf('=');
  return equals < 0 ? { name: bare } : { name: bare.slice(0, equals), value: bare.slice(equals + 1) };
}

function checkShape(token: string): void {
  if (/^(?:--[-=]|-=)/.test(token)) throw new UsageError(`bad flag syntax: ${token}`);
}

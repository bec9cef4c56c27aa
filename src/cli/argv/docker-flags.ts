import { UsageError } from '../errors.js';
import { FlagValues, flagIndex, type FlagSpec, type ParsedLine } from './flag-spec.js';
import { goValue } from './go-value.js';

/** How docker's dialect is read. */
export interface DockerGrammar {
  readonly specs: readonly FlagSpec[];
  /** False for run and exec, where the first positional ends the flags. */
  readonly interspersed: boolean;
}

/**
 * Reads a line by the rules of spf13/pflag, which docker uses: two dashes for long names, one for a
 * bundle of short ones (`-it`, `-eA=1`), flags anywhere unless the command hands its line to a process.
 * @throws UsageError in pflag's words.
 */
export function parseDockerFlags(argv: readonly string[], grammar: DockerGrammar): ParsedLine {
  const index = flagIndex(grammar.specs);
  const values = new FlagValues();
  const positionals: string[] = [];
  let help = false;
  let at = 0;

  const argument = (shown: string): string => {
    const next = argv[at++];
    if (next === undefined) throw new UsageError(`flag needs an argument: ${shown}`);
    return next;
  };
  const long = (token: string): void => {
    const equals = token.indexOf('=');
    const name = token.slice(2, equals < 0 ? undefined : equals);
    const given = equals < 0 ? undefined : token.slice(equals + 1);
    const spec = name.length > 1 ? index.get(name) : undefined;
    if (!spec && name === 'help') help = true;
    else if (!spec) throw new UsageError(`unknown flag: --${name}`);
    else if (spec.kind === 'bool') values.set(spec, goValue(spec, `--${name}`, given ?? 'true'));
    else values.set(spec, goValue(spec, `--${name}`, given ?? argument(`--${name}`)));
  };
  const bundle = (token: string): void => {
    for (let i = 1; i < token.length; i++) {
      const name = token.charAt(i);
      const rest = token.slice(i + 1);
      const spec = index.get(name);
      if (!spec) {
        if (name === 'h') {
          help = true;
          continue;
        }
        throw new UsageError(`unknown shorthand flag: '${name}' in ${token}`);
      }
      if (spec.kind !== 'bool') {
        const given = rest.startsWith('=') ? rest.slice(1) : rest;
        values.set(spec, goValue(spec, `-${name}`, rest === '' ? argument(`'${name}' in ${token}`) : given));
        return;
      }
      if (rest.startsWith('=')) {
        values.set(spec, goValue(spec, `-${name}`, rest.slice(1)));
        return;
      }
      values.set(spec, 'true');
    }
  };

  while (at < argv.length) {
    const token = argv[at++] as string;
    if (token === '--') {
      positionals.push(...argv.slice(at));
      break;
    }
    if (token.startsWith('--')) long(token);
    else if (token.length > 1 && token.startsWith('-')) bundle(token);
    else if (grammar.interspersed) positionals.push(token);
    else {
      positionals.push(...argv.slice(at - 1));
      break;
    }
  }
  return { values: values.values, positionals, help };
}

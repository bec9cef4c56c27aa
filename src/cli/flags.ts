import { boolean, custom } from '@oclif/core/flags';
import type { FlagKind, FlagSpec } from './argv/flag-spec.js';

/** What a command says of a flag. */
export interface FlagText {
  /** One line for the help. */
  readonly summary: string;
  /** Other spellings, without dashes; a single letter is a short flag. */
  readonly aliases?: readonly string[];
  /** An environment variable that stands in for an absent flag. */
  readonly environment?: string;
  /** What the help calls the value. */
  readonly placeholder?: string;
  /** The heading under which the help lists the flag. */
  readonly group?: string;
  /** Works, but is left out of the help. */
  readonly hidden?: boolean;
}

/** What {@link flagSpecs} reads back from the oclif flags made here. */
interface Dialect {
  readonly kind: FlagKind;
  readonly spellings: readonly string[];
  readonly environment?: string;
}

const dialect = (kind: FlagKind, text: FlagText) => ({
  kind,
  spellings: text.aliases ?? [],
  summary: text.summary,
  ...(text.environment === undefined ? {} : { environment: text.environment }),
  ...(text.placeholder === undefined ? {} : { helpValue: text.placeholder }),
  ...(text.group === undefined ? {} : { helpGroup: text.group }),
  ...(text.hidden === undefined ? {} : { hidden: text.hidden }),
});

/**
 * Takes off the `=` that the dispatcher puts before every value: oclif refuses a value that looks like
 * one of the command's flags (`--env --rm`), where Go takes it.
 */
const bare = (value: string): string => value.slice(1);
const text = (value: string) => Promise.resolve(bare(value));
const bigint = (value: string) => Promise.resolve(BigInt(bare(value)));

/** A flag that is there or not; `--name=false` takes it back. */
export const bool = (flag: FlagText) => boolean({ ...dialect('bool', flag), allowNo: true, default: false });

/** A flag with one text; absent, it is undefined. */
export const string = (flag: FlagText) => custom<string>({ parse: text })(dialect('string', flag));

/** A flag with one text and a default. */
export const stringOr = (value: string, flag: FlagText) =>
  custom<string>({ parse: text })({ ...dialect('string', flag), default: value });

/** A flag that may be given many times, one text each; commas are not split. */
export const strings = (flag: FlagText) =>
  custom<string>({ parse: text })({
    ...dialect('strings', flag),
    multiple: true,
    multipleNonGreedy: true,
    default: [] as string[],
  });

/** A signed 64-bit integer. */
export const int = (flag: FlagText) => custom<bigint>({ parse: bigint })(dialect('int', flag));

/** An unsigned 64-bit integer. */
export const uint = (flag: FlagText) => custom<bigint>({ parse: bigint })(dialect('uint', flag));

/** A flag with integers, one each time. */
export const ints = (flag: FlagText) =>
  custom<bigint>({ parse: bigint })({
    ...dialect('ints', flag),
    multiple: true,
    multipleNonGreedy: true,
    default: [] as bigint[],
  });

/** A decimal number. */
export const float = (flag: FlagText) =>
  custom<number>({ parse: (value) => Promise.resolve(Number(bare(value))) })(dialect('float', flag));

/** Go's durations (`1m30s`), as text. */
export const duration = (flag: FlagText) => custom<string>({ parse: text })(dialect('duration', flag));

/** The tokenizer's view of a command's flags. */
export function flagSpecs(flags: object): FlagSpec[] {
  return Object.entries(flags as Record<string, Dialect>).map(([name, flag]) => ({
    name,
    names: [name, ...flag.spellings],
    kind: flag.kind,
    ...(flag.environment === undefined ? {} : { env: flag.environment }),
  }));
}

/** A sorted line in the one form that oclif's parser reads as meant. */
export function oclifFlags(
  values: ReadonlyMap<string, readonly string[]>,
  specs: readonly FlagSpec[],
): string[] {
  const kinds = new Map(specs.map((spec) => [spec.name, spec.kind]));
  return [...values].flatMap(([name, given]) =>
    kinds.get(name) === 'bool'
      ? [given[0] === 'true' ? `--${name}` : `--no-${name}`]
      : given.map((value) => `--${name}==${value}`),
  );
}

/** What a tokenizer has to know of a flag. Commands declare it once, with the flag itself (cli/flags.ts). */
export interface FlagSpec {
  /** The canonical name, the one oclif knows. */
  readonly name: string;
  /** Every spelling without dashes, the canonical one included. */
  readonly names: readonly string[];
  readonly kind: FlagKind;
  /** An environment variable that stands in for an absent flag. */
  readonly env?: string;
}

/** The value types of Go's flag package that ctr uses; the plural ones collect one value for each use. */
export type FlagKind = 'bool' | 'string' | 'strings' | 'int' | 'ints' | 'uint' | 'float' | 'duration';

/** A flag that stands between a topic and its commands, `snapshot --snapshotter native list`. */
export interface TopicFlag extends FlagSpec {
  readonly summary: string;
  /** What the help calls the value. */
  readonly placeholder?: string;
}

/** A command line sorted out: flag values by canonical name, in the order given, and what is left. */
export interface ParsedLine {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly positionals: readonly string[];
  /** `-h` or `--help` was among the flags. */
  readonly help: boolean;
  /** The values of the topic's own flags, from the line and the environment. */
  readonly topic?: ReadonlyMap<string, readonly string[]>;
}

/** Indexes flags by every spelling. */
export function flagIndex(specs: readonly FlagSpec[]): ReadonlyMap<string, FlagSpec> {
  return new Map(specs.flatMap((spec) => spec.names.map((name) => [name, spec] as const)));
}

/** Collects values while a tokenizer walks the line: of a scalar the last one wins. */
export class FlagValues {
  readonly values = new Map<string, string[]>();

  /** Goes on from values already read. */
  static of(values: ReadonlyMap<string, readonly string[]>): FlagValues {
    const copy = new FlagValues();
    for (const [name, given] of values) copy.values.set(name, [...given]);
    return copy;
  }

  set(spec: FlagSpec, value: string): void {
    const former = this.values.get(spec.name);
    if (former && (spec.kind === 'strings' || spec.kind === 'ints')) former.push(value);
    else this.values.set(spec.name, [value]);
  }

  /** Fills absent flags from the environment: it wins over a default and loses to the line. */
  fillFrom(env: Readonly<Record<string, string | undefined>>, specs: readonly FlagSpec[]): this {
    for (const spec of specs) {
      const value = spec.env === undefined ? undefined : env[spec.env];
      if (value && !this.values.has(spec.name)) this.set(spec, value);
    }
    return this;
  }
}

import { Command } from '@oclif/core/command';
import type { Config } from '@oclif/core';
import type { FlagInput, InferredFlags } from '@oclif/core/interfaces';
import type { Client } from '../client/client.js';
import type { ParsedLine } from './argv/flag-spec.js';
import { flagSpecs, oclifFlags } from './flags.js';
import type { Logger } from './log.js';
import type { Session } from './session.js';

/** A command's class: what the dispatcher needs of it. */
export interface CommandClass {
  new (line: ParsedLine, session: Session): TctrCommand;
  readonly grammar: 'ctr' | 'docker';
  readonly interspersed: boolean;
  readonly summary: string;
  readonly texts: CommandHelp;
  readonly aliases: string[];
  readonly hidden?: boolean;
  readonly flags: object;
}

/** What the help says beyond the summary and the flags. */
export interface CommandHelp {
  /** The positionals, `<ref> [<ref>...]`. */
  readonly args?: string;
  readonly description?: string;
  /** A line of shell and what it does. */
  readonly examples?: readonly (readonly [line: string, what: string])[];
  /** The docker command that does the same. */
  readonly docker?: string;
  /** The ctr command that does the same. */
  readonly ctr?: string;
}

/**
 * The base of all commands. A command declares its flags and makes its calls in `run`; positionals
 * stay out of oclif, which would re-order them (its result sorts argv).
 */
export abstract class TctrCommand extends Command {
  /** Whose command-line dialect the flags are read in. */
  static grammar: 'ctr' | 'docker' = 'ctr';
  /** Flags count behind positionals as well; false where the rest of the line belongs to a process. */
  static interspersed = true;
  static override flags = {};
  static texts: CommandHelp = {};
  static override summary = '';

  /** The positionals, as typed and in order. */
  protected readonly words: readonly string[];

  constructor(
    protected readonly line: ParsedLine,
    protected readonly session: Session,
  ) {
    super([], oclifConfig);
    this.words = line.positionals;
  }

  abstract override run(): Promise<void>;

  /** The flags' values, by oclif's parser from the sorted line. */
  protected async flags<Flags extends FlagInput>(command: {
    readonly flags: Flags;
  }): Promise<InferredFlags<Flags>> {
    const argv = oclifFlags(this.line.values, flagSpecs(command.flags));
    const { flags } = await this.parse({ flags: command.flags }, argv);
    return flags as InferredFlags<Flags>;
  }

  /** Whether the flag stands on the line or in the environment, whatever its value. */
  protected given(flag: string): boolean {
    return this.line.values.has(flag);
  }

  /** A flag of the topic that the command stands in, from the line or the environment. */
  protected topicFlag(flag: string): string | undefined {
    return this.line.topic?.get(flag)?.at(-1);
  }

  /** The connection to containerd, in the session's namespace. */
  protected client(): Promise<Client> {
    return this.session.client();
  }

  /** Diagnostics on stderr. */
  protected get diagnostics(): Logger {
    return this.session.log;
  }

  /** Writes a result to stdout. */
  protected print(text: string): void {
    if (text !== '') this.session.streams.stdout.write(text);
  }
}

/** All that oclif's Command asks of its Config when nothing but the parser is used. */
const oclifConfig = {
  bin: 'tctr',
  runHook: () => Promise.resolve({ successes: [], failures: [] }),
} as unknown as Config;

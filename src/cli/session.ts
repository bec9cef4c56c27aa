import type { Client } from '../client/client.js';
import type { Interrupts } from './interrupts.js';
import type { Logger } from './log.js';
import type { Streams } from './streams.js';

/** ctr's global flags, read. Durations are milliseconds; 0 is none. */
export interface Globals {
  readonly debug: boolean;
  readonly address: string;
  readonly namespace: string;
  readonly timeout: number;
  readonly connectTimeout: number;
}

/** Environment variables of the process. */
export type Env = Readonly<Record<string, string | undefined>>;

/** One run of tctr: what every command is given instead of reaching for the process. */
export interface Session {
  /** `tctr`, or `ctr` when invoked through a link of that name. */
  readonly program: string;
  readonly globals: Globals;
  readonly streams: Streams;
  readonly env: Env;
  readonly log: Logger;
  readonly interrupts: Interrupts;
  /** Aborted by a signal and by --timeout. */
  readonly signal: AbortSignal;
  /** The connection to containerd, made on first use. */
  client(): Promise<Client>;
}

import { basename } from 'node:path';
import { endingSignals, Interrupts } from './cli/interrupts.js';
import { main } from './cli/main.js';
import { processStreams } from './cli/streams.js';
import { catalog } from './commands/catalog.js';
import { version } from './version.js';

/** How the process should end: with a status, or by the signal that interrupted it. */
export interface Outcome {
  readonly status: number;
  readonly signal?: NodeJS.Signals;
}

/** Runs this process's own command line; bin/run.js ends the process with the outcome. */
export async function runProcess(exit: (status: number) => never): Promise<Outcome> {
  const interrupts = new Interrupts((signal) => exit(128 + endingSignals[signal]));
  const status = await main({
    argv: process.argv.slice(2),
    program: basename(process.argv[1] ?? '') === 'ctr' ? 'ctr' : 'tctr',
    version,
    env: process.env,
    streams: processStreams(),
    interrupts,
    catalog,
  });
  interrupts.dispose();
  return interrupts.received ? { status, signal: interrupts.received } : { status };
}

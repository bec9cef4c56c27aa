import { basename } from 'node:path';
import { Interrupts } from './cli/interrupts.js';
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
  const interrupts = new Interrupts(exit);
  const status = await main({
    argv: process.argv.slice(2),
    program: basename(process.argv[1] ?? '') === 'ctr' ? 'ctr' : 'tctr',
    version,
    env: process.env,
    streams: processStreams(),
    interrupts,
    catalog,
  });
  const signal = interrupts.received;
  if (signal === undefined) return { status };
  interrupts.dispose(); // it shall do what it does by default
  return { status, signal };
}

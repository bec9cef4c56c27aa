import type { InferredFlags } from '@oclif/core/interfaces';
import type { StreamChoice } from '../ops/task-io.js';
import { taskLogUri } from '../ops/task-log.js';
import { bool, string } from './flags.js';

const group = 'Input and output';

/** Where a process's streams go. */
export const streamFlags = {
  detach: bool({ summary: 'leave it running in the background', aliases: ['d'], group }),
  'log-uri': string({
    summary: 'send its output to file:///PATH, or binary:///PROGRAM',
    placeholder: 'URI',
    group,
  }),
  'fifo-dir': string({ summary: 'the folder for its FIFOs', placeholder: 'DIR', group }),
};

/** And nowhere at all. */
export const nullIoFlag = { 'null-io': bool({ summary: 'no input, no output', group }) };

/** The choice that the flags make, for the process `id` of a namespace. */
export function streamChoice(
  flags: InferredFlags<typeof streamFlags> & { readonly 'null-io'?: boolean },
  process: { readonly namespace: string; readonly id: string; readonly terminal: boolean },
): StreamChoice {
  const { namespace, id, terminal } = process;
  return {
    id,
    terminal,
    detach: flags.detach,
    nullIo: flags['null-io'] ?? false,
    logUri: flags['log-uri'] ?? '',
    fifoDir: flags['fifo-dir'] ?? '',
    defaultLog: taskLogUri({ namespace, id }),
    stdin: true,
  };
}

import { BrokenPipeError } from '../cio/broken-pipe.js';
import { KindError } from '../oci/errors.js';
import { safe } from '../output/safe.js';
import { ExitError, ownName, UnknownCommandError } from './errors.js';
import { endingSignals, InterruptedError } from './interrupts.js';

/** How a run ends: the exit status, and what stderr says first. */
export interface Ending {
  readonly stderr: string;
  readonly status: number;
}

/**
 * Makes an exit status and one line of stderr of any error, as ctr does: 3 for an unknown command,
 * a container's own status, 128 and the number for a signal, 1 for the rest.
 */
export function report(error: unknown, program: string): Ending {
  if (error instanceof ExitError) return { stderr: '', status: error.status };
  if (error instanceof BrokenPipeError) return { stderr: '', status: 141 };
  if (error instanceof InterruptedError) return { stderr: '', status: 128 + endingSignals[error.signal] };
  if (error instanceof UnknownCommandError) {
    const near = error.suggestion === undefined ? undefined : `did you mean '${error.suggestion}'?`;
    const hint = error.hint?.replaceAll(ownName, program) ?? near;
    return { stderr: `${safe(`${error.message}${hint === undefined ? '' : ` (${hint})`}`)}\n`, status: 3 };
  }
  // What waited for nothing but the time, such as a pause between two tries.
  if (error instanceof Error && error.name === 'TimeoutError') {
    return { stderr: `${program}: context deadline exceeded\n`, status: 1 };
  }
  if (error instanceof KindError) return { stderr: `${program}: ${oneLine(error)}\n`, status: 1 };
  return { stderr: `${program}: internal error: ${safe(text(error))}\n`, status: 1 };
}

function oneLine(error: KindError): string {
  const hint = error.hint === undefined ? '' : ` (${error.hint})`;
  return safe(`${error.message}${hint}`);
}

function text(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message).replaceAll(/\s*\n\s*/g, ' | ')
    : String(error);
}

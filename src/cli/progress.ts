import type { ProgressEvent } from '../output/progress-events.js';
import type { Session } from './session.js';

/**
 * Shows an operation's progress on stdout, where ctr shows it, until it ends; gives its result.
 * With --debug nothing is drawn: the log is what the user wants to read.
 */
export async function showProgress<Result>(
  session: Session,
  operation: AsyncGenerator<ProgressEvent, Result>,
  layout: 'local' | 'tree',
): Promise<Result> {
  const { startProgress } = await import('../output/progress.js');
  const view = session.globals.debug
    ? undefined
    : await startProgress({ output: session.streams.stdout, layout });
  try {
    for (;;) {
      const next = await operation.next();
      if (next.done) {
        view?.finish();
        return next.value;
      }
      view?.add(next.value);
    }
  } catch (error) {
    // The last state stays in view: it shows how far it came. The message goes below it.
    view?.finish();
    await operation.return(undefined as Result);
    throw error;
  }
}

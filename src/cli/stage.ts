import type { Stage } from '../ops/foreground.js';
import type { Session } from './session.js';

/** This process's side of a container's process: its descriptors, its signals, its log. */
export function sessionStage({ streams, signal, interrupts, log }: Session): Stage {
  return {
    stdin: streams.stdin.fd,
    stdout: streams.stdout.fd,
    stderr: streams.stderr.fd,
    signal,
    takeOverSignals: () => interrupts.takeOver(),
    interrupt: (name) => interrupts.interrupt(name),
    warn: (message, error) =>
      log.error(message, { error: error instanceof Error ? error.message : String(error) }),
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TaskStdio } from '../../../src/cio/fifos.js';

/** A stand-in for the shim and its process: a shell that holds both ends of the FIFOs, as the real shim does. */
export interface Shim {
  /** The exit code of the process; its output is complete then, and the shim's ends are closed. */
  readonly exit: Promise<number>;
  /** Tasks.CloseIO: closes the writing end of stdin that the shim holds. */
  readonly closeIO: () => Promise<void>;
  readonly kill: () => void;
}

const shim = `
trap 'exec 4>&-' USR1
if [ -n "$1" ]; then exec 9<>"$1" 3<"$1" 4>"$1" 9>&-; else exec 3</dev/null 4>/dev/null; fi
exec 8<>"$2" 5>"$2" 8>&-
if [ -n "$3" ]; then exec 8<>"$3" 6>"$3" 8>&-; else exec 6>&5; fi
timeout --foreground 20 sh -c "$4" <&3 >&5 2>&6 3<&- 4>&- 5>&- 6>&- 7>&- &
exec 3<&- 5>&- 6>&-
echo ready
exec >&-
wait $!; code=$?
while kill -0 $! 2>/dev/null; do wait $!; code=$?; done
exit $code
`;

/** Tasks.Create and Tasks.Start: runs a shell script on a task's FIFOs, for twenty seconds at most. */
export async function startShim({ stdin, stdout, stderr }: TaskStdio, script: string): Promise<Shim> {
  const child = spawn('sh', ['-c', shim, 'shim', stdin, stdout, stderr, script], {
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  });
  const exit = once(child, 'exit').then(([code]) => code as number);
  await Promise.race([once(child.stdout, 'data'), exit]);
  return {
    exit,
    closeIO: () => Promise.resolve(void child.kill('SIGUSR1')),
    kill: () =>
      void (child.exitCode === null && child.pid !== undefined && process.kill(-child.pid, 'SIGKILL')),
  };
}

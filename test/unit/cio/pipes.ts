import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** One end of a real pipe (Node's own child "pipes" are socket pairs), with a shell script at the other end. */
export interface Pipe {
  readonly fd: number;
  /** Closes our end; the script's output when it has ended. */
  readonly close: () => Promise<string>;
  readonly kill: () => void;
}

const holder = `sh -c '(echo $$ >&3); exec sleep 60'`;

/** A pipe into a script. */
export function pipeTo(script: string): Promise<Pipe> {
  return pipe(`${holder} | { ${script}; }`, 1, constants.O_WRONLY);
}

/** A pipe out of a script. */
export function pipeFrom(script: string): Promise<Pipe> {
  return pipe(`{ ${script}; } | ${holder}`, 0, constants.O_RDONLY);
}

async function pipe(pipeline: string, end: 0 | 1, access: number): Promise<Pipe> {
  const child = spawn('sh', ['-c', pipeline], {
    stdio: ['ignore', 'pipe', 'ignore', 'pipe'],
    detached: true,
  });
  const output = text(child.stdout!);
  const [pid] = (await once(child.stdio[3]!, 'data')) as [Buffer];
  const fd = openSync(`/proc/${pid.toString().trim()}/fd/${end}`, access);
  process.kill(Number(pid), 'SIGKILL');
  const kill = () =>
    void (child.exitCode === null && child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'));
  const close = () => {
    closeSync(fd);
    return output;
  };
  return { fd, close, kill };
}

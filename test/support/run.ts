import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';

/**
 * What a process finds on stdin: a pipe that nobody writes to and that stays open, an end at once, or a text and
 * then an end, `lateEnd` milliseconds after the text.
 */
export type Stdin = 'open' | 'ended' | { readonly text: string; readonly lateEnd?: number };

/** A process to run. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly stdin?: Stdin;
  /** Milliseconds; a process that takes longer is killed. */
  readonly deadline: number;
}

/** How a process ended, and all that it wrote. */
export interface Ran {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** The exit code; `SIG…` where a signal ended it, `deadline` where it had to be killed. */
  readonly status: number | string;
}

/** Runs a process to its end. */
export async function run(command: Command): Promise<Ran> {
  const { file, args, cwd, env, deadline } = command;
  const child = spawn(file, args, { cwd, env, stdio: 'pipe' });
  const stop = AbortSignal.timeout(deadline);
  const kill = (): void => void child.kill('SIGKILL');
  stop.addEventListener('abort', kill);
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(stop.aborted ? 'deadline' : (code ?? signal ?? 'lost')));
  });
  child.stdin.on('error', () => undefined); // a process may end without reading
  const feeding = feed(child.stdin, command.stdin ?? 'open');
  const [stdout, stderr, status] = await Promise.all([buffer(child.stdout), buffer(child.stderr), ended]);
  stop.removeEventListener('abort', kill);
  child.stdin.destroy();
  await feeding;
  return { stdout, stderr, status };
}

async function feed(stdin: NodeJS.WritableStream, what: Stdin): Promise<void> {
  if (what === 'open') return;
  if (what !== 'ended') {
    stdin.write(what.text);
    await setTimeout(what.lateEnd ?? 0);
  }
  stdin.end();
}

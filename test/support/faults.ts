import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { lab } from './lab.js';
import { run } from './run.js';

/** One containerd of the lab, or one that a test has started for itself. */
export type Daemon = Pick<ReturnType<typeof lab>['daemons'][number], 'socket' | 'ctr' | 'version'>;

/** A namespace of a daemon. The ids of its containers and execs begin with its name: the audit finds them by that. */
export interface Place {
  readonly daemon: Daemon;
  readonly namespace: string;
}

/** How a process ended: its exit status, or the name of the signal. */
export type Status = number | NodeJS.Signals;

/** What a process has left. */
export interface Ended {
  readonly status: Status;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A tctr that runs. */
export interface Running {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly ended: Promise<Ended>;
}

/** How {@link start} runs a tctr. */
export interface StartOptions {
  /** An open pipe by default. */
  readonly stdio?: StdioOptions;
  /** Milliseconds after which it is killed, 60 s by default. */
  readonly deadline?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Another socket than the daemon's, of a proxy for instance. */
  readonly address?: string;
}

/** Where the program to test begins; TCTR_PROGRAM names another build's. */
export const program =
  process.env['TCTR_PROGRAM'] ?? fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** The words of a command line that runs tctr in a place. */
export function commandLine(
  { daemon, namespace }: Place,
  words: readonly string[],
  address = daemon.socket,
): string[] {
  return [process.execPath, '--', program, '--address', address, '--namespace', namespace, ...words];
}

/** The environment of every process that a test starts. */
export const environment: Readonly<Record<string, string>> = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  TZ: 'UTC',
  CONTAINERD_SUPPRESS_DEPRECATION_WARNINGS: '1',
};

/** Starts a tctr in a place. */
export function start(place: Place, words: readonly string[], options: StartOptions = {}): Running {
  const [file = '', ...args] = commandLine(place, words, options.address);
  return startProcess(file, args, options);
}

/** Starts any process. */
export function startProcess(file: string, args: readonly string[], options: StartOptions = {}): Running {
  const { stdio = 'pipe', deadline = 60_000, env } = options;
  const child = spawn(file, args, { stdio, env: { ...environment, ...env } });
  const timer = setTimeout(() => child.kill('SIGKILL'), deadline);
  child.stdin?.on('error', () => undefined); // a process may end without reading
  const status = new Promise<Status>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? -1));
  });
  const outputs = [child.stdout, child.stderr].map((stream) => (stream ? buffer(stream) : Buffer.alloc(0)));
  const ended = Promise.all([status, ...outputs]).then(([code, stdout, stderr]) => {
    child.stdin?.destroy();
    return { status: code, stdout: stdout!, stderr: stderr!.toString() };
  });
  void ended.finally(() => clearTimeout(timer)).catch(() => undefined);
  return { child, pid: child.pid ?? -1, ended };
}

/** Runs a tctr to its end with nothing on stdin. */
export function tctr(place: Place, words: readonly string[], options: StartOptions = {}): Promise<Ended> {
  return start(place, words, { stdio: ['ignore', 'pipe', 'pipe'], ...options }).ended;
}

/**
 * Runs the daemon's own ctr, which prepares and looks at what tctr is tested on.
 * @throws Error if it fails.
 */
export async function ctr({ daemon, namespace }: Place, ...words: readonly string[]): Promise<string> {
  const args = ['--address', daemon.socket, '--namespace', namespace, ...words];
  const ran = await run({
    file: daemon.ctr,
    args,
    cwd: '/',
    env: environment,
    stdin: 'ended',
    deadline: 30_000,
  });
  if (ran.status !== 0) throw new Error(`ctr ${words.join(' ')}: ${ran.status} ${ran.stderr.toString()}`);
  return ran.stdout.toString();
}

/** The exit statuses that say the same: that signal ended it, told by the kernel or by 128 and its number. */
export function endedBy(signal: 'SIGHUP' | 'SIGINT' | 'SIGKILL' | 'SIGTERM'): readonly Status[] {
  return [signal, 128 + { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal]];
}

/** A stream of numbers in [0, 1) that is the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Works through jobs, two at a time; gives the results in the jobs' order. */
export async function twoAtATime<Job, Result>(
  jobs: readonly Job[],
  work: (job: Job, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = jobs.entries();
  const worker = async () => {
    for (const [index, job] of queue) results[index] = await work(job, index);
  };
  await Promise.all([worker(), worker()]);
  return results;
}

import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Lab, Daemon } from '../lab.js';
import { run, type Ran, type Stdin } from '../run.js';
import type { Argv, CompatCase } from './case.js';
import { unmountBelow } from './mounts.js';
import { asOracle, oracleOf } from './oracle.js';

// Another build may be put to the test: TCTR_PROGRAM is its bin/run.js.
const tctr = process.env['TCTR_PROGRAM'] ?? fileURLToPath(new URL('../../../bin/run.js', import.meta.url));
const scratch = '/tmp/tctr-compat';
/** Two clones may be tested on one lab. */
const clone = fileURLToPath(new URL('../../..', import.meta.url));

/** One of the two that are compared: a program, and a namespace and a folder that it has for itself. */
export interface Side {
  readonly program: 'ctr' | 'tctr';
  readonly namespace: string;
  readonly folder: string;
  readonly daemon: Daemon;
  readonly lab: Lab;
  /** Placeholders of the topic's own, by name. */
  readonly places?: Places;
}

/** What a topic's own placeholders stand for. */
export type Places = Readonly<Record<string, string>>;

/** A program and how it ended. */
export interface Outcome extends Ran {
  readonly argv: Argv;
}

/** Both sides of a case; names of equal length, so that the columns of tables are as wide. */
export function sidesOf(
  topic: string,
  name: string,
  daemon: Daemon,
  lab: Lab,
  places: Places = {},
): readonly [Side, Side] {
  const hash = createHash('sha256')
    .update(`${clone}/${topic}/${name}/${daemon.version}`)
    .digest('hex')
    .slice(0, 10);
  const side = (program: Side['program'], letter: string): Side => ({
    program,
    namespace: `cmp${hash}${letter}`,
    folder: `${scratch}/${hash}/${letter}`,
    daemon,
    lab,
    places,
  });
  return [side('ctr', 'c'), side('tctr', 't')];
}

/** Fills in the placeholders of a case's word. */
export function expand(side: Side, text: string): string {
  const values: Readonly<Record<string, string>> = {
    ns: side.namespace,
    id: 'box',
    tmp: side.folder,
    socket: side.daemon.socket,
    debug: join(dirname(side.daemon.socket), 'debug.sock'),
    registry: side.lab.registry,
    hosts: side.lab.hostsDir,
    ref: `${side.lab.registry}/library/busybox:latest`,
    nginx: `${side.lab.registry}/library/nginx:alpine`,
    alpine: `${side.lab.registry}/library/alpine:3`,
    user: `${side.lab.registry}/library/user:latest`,
    ...side.places,
  };
  return text.replaceAll(/\{(\w+)\}/g, (placeholder, key: string) => values[key] ?? placeholder);
}

/** Makes the side's folder anew, with the case's files in it. */
export async function layOut(side: Side, files: CompatCase['files'] = {}): Promise<void> {
  unmountBelow(side.folder);
  await rm(side.folder, { recursive: true, force: true });
  await mkdir(side.folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(side.folder, path)), { recursive: true });
    await writeFile(join(side.folder, path), expand(side, content));
  }
}

/** Removes the folders of a case. */
export async function clear(side: Side): Promise<void> {
  unmountBelow(dirname(side.folder));
  await rm(dirname(side.folder), { recursive: true, force: true });
}

/** Runs the case's line with the side's own program. */
export async function act(side: Side, subject: CompatCase): Promise<Outcome> {
  const line = subject.argv.map((word) => expand(side, word));
  const oracle = oracleOf(subject, side);
  const own = side.program === 'ctr' && !subject.asTyped ? asOracle(line, side.daemon, oracle) : line;
  const words = subject.bare ? own : ['--address', side.daemon.socket, '--namespace', side.namespace, ...own];
  const command = side.program === 'ctr' ? [oracle.ctr] : [process.execPath, '--', tctr];
  const [file, ...args] = [...command, ...words] as [string, ...string[]];
  const ran = await run({
    file,
    args,
    cwd: side.folder,
    env: environment(side, subject.env),
    stdin: subject.stdin ?? 'open',
    deadline: subject.deadline ?? 20_000,
  });
  return { ...ran, argv: [file, ...args] };
}

/** Runs the daemon's own ctr in the side's namespace: what sets up, looks at and clears what is compared. */
export async function ownCtr(side: Side, line: Argv, stdin: Stdin = 'open'): Promise<Outcome> {
  const args = [
    '--address',
    side.daemon.socket,
    '--namespace',
    side.namespace,
    ...line.map((word) => expand(side, word)),
  ];
  const ran = await run({
    file: side.daemon.ctr,
    args,
    cwd: side.folder,
    env: environment(side),
    stdin,
    deadline: 20_000,
  });
  return { ...ran, argv: [side.daemon.ctr, ...args] };
}

function environment(side: Side, own: CompatCase['env'] = {}): Readonly<Record<string, string>> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: side.folder,
    TZ: 'UTC',
    CONTAINERD_SUPPRESS_DEPRECATION_WARNINGS: '1',
    ...Object.fromEntries(Object.entries(own).map(([key, value]) => [key, expand(side, value)])),
  };
}

import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../../src/client/client.js';
import { SnapshotKind } from '../../src/client/snapshots.js';
import { TaskStatus } from '../../src/client/tasks.js';
import { all } from './all.js';
import type { Daemon, Place } from './faults.js';

/** All that a command can leave behind in a namespace, by kind. */
export type Audit = ReadonlyMap<string, ReadonlySet<string>>;

/** What came (`+`) and what went (`-`), by kind; {} where nothing did. */
export type Changes = Readonly<Record<string, readonly string[]>>;

const fifoRoot = '/run/containerd/fifo';
const journals = '/run/tctr';

/** Looks at everything that a command could have left, on the daemon and on the machine. */
export async function audit(daemon: Daemon, namespace: string): Promise<Audit> {
  const found = Object.entries(await onDaemon(daemon, namespace));
  return new Map<string, ReadonlySet<string>>([
    ...found.map(([kind, names]) => [kind, new Set(names)] as const),
    ['mounts', new Set(mounts(namespace))],
    ['fifos', new Set(fifos(namespace))],
    ['journals', new Set(journalsOf(namespace))],
    ['shims', new Set(shims(namespace))],
    ['runc', new Set(entries(`/run/containerd/runc/${namespace}`))],
  ]);
}

/** By a client of its own: a daemon may be frozen, cut off or started anew between two looks. */
async function onDaemon({ socket }: Daemon, namespace: string): Promise<Record<string, readonly string[]>> {
  const client = await Client.connect({ address: socket, namespace });
  try {
    const [leases, ingests, content, snapshots, images, containers, tasks] = await Promise.all([
      client.leases.list(),
      client.content.statuses(),
      all(client.content.list()),
      all(client.snapshots('overlayfs').list()),
      client.images.list(),
      client.containers.list(),
      client.tasks.list(),
    ]);
    return {
      leases: leases.map(({ id }) => id),
      ingests: ingests.map(({ ref }) => ref),
      content: content.map(({ digest }) => digest),
      snapshots: snapshots.map(({ name, parent, kind }) => `${name} on ${parent} ${SnapshotKind[kind]}`),
      images: images.map(({ name }) => name),
      containers: containers.map(({ id }) => id),
      tasks: tasks.map(({ id, status }) => `${id} ${TaskStatus[status]}`),
    };
  } finally {
    client.close();
  }
}

/** Compares two audits. */
export function changes(before: Audit, after: Audit): Changes {
  const kinds = [...after].map(([kind, now]) => {
    const then = before.get(kind) ?? new Set<string>();
    const came = [...now].filter((entry) => !then.has(entry)).map((entry) => `+ ${entry}`);
    // A FIFO folder without an owner may be that of a test at work beside this one, until its next tctr removes it.
    const gone = kind === 'fifos' ? [] : [...then].filter((entry) => !now.has(entry));
    const went = gone.map((entry) => `- ${entry}`);
    return [kind, [...came, ...went]] as const;
  });
  return Object.fromEntries(kinds.filter(([, lines]) => lines.length > 0));
}

/**
 * Compares a place with how it was, until nothing differs any more or `within` milliseconds have passed: the daemon
 * collects garbage and ends shims in its own time.
 */
export async function leftovers(place: Place, before: Audit, within = 30_000): Promise<Changes> {
  const until = Date.now() + within;
  for (;;) {
    const found = changes(before, await audit(place.daemon, place.namespace));
    if (Object.keys(found).length === 0 || Date.now() > until) return found;
    await sleep(250);
  }
}

/** Rootfs mounts of the namespace's tasks, mounts below tctr's own folder, and in {@link mountFolder}s. */
function mounts(namespace: string): string[] {
  const targets = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((row) => row.split(' ')[1] ?? '');
  return targets.filter(
    (path) =>
      path.includes(`/${namespace}/`) ||
      path.startsWith('/run/tctr/') ||
      path.startsWith(mountFolder(namespace)),
  );
}

/** Where a test of the namespace's mounts something itself; others are at work beside it. */
export const mountFolder = (namespace: string): string => `/tmp/tctr-mount-${namespace}-`;

/** FIFO folders with a FIFO of the namespace's, or with none and an owner that has died. */
function fifos(namespace: string): string[] {
  return entries(fifoRoot).filter((name) => {
    const inside = entries(join(fifoRoot, name));
    if (inside.some((file) => file.startsWith(namespace))) return true;
    return (
      inside.every((file) => file === '.tctr-owner') && inside.length > 0 && isDead(join(fifoRoot, name))
    );
  });
}

function isDead(folder: string): boolean {
  try {
    const pid = readlinkSync(join(folder, '.tctr-owner')).split('/')[1];
    return !entries('/proc').includes(pid ?? '');
  } catch {
    return false; // gone meanwhile
  }
}

function journalsOf(namespace: string): string[] {
  return entries(journals).filter((name) =>
    readOr(join(journals, name)).includes(`"namespace":"${namespace}"`),
  );
}

function shims(namespace: string): string[] {
  const lines = entries('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => readOr(`/proc/${pid}/cmdline`).replaceAll('\0', ' '));
  return lines.filter(
    (line) => line.includes('containerd-shim') && line.includes(`-namespace ${namespace} `),
  );
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // nobody has needed it yet, or it went while we looked
  }
}

function readOr(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // a process or a journal that went while we looked
  }
}

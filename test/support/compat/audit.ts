import type { Client } from '../../../src/client/client.js';
import { any, withDaemon } from './daemon.js';
import { mountsBelow } from './mounts.js';
import { normalise } from './normalise.js';
import { ownCtr, type Side } from './side.js';

/** What is looked at, with the daemon's own ctr, of what a command leaves behind. */
const audits = {
  images: (side) => read(side, ['image', 'list']),
  containers: async (side) => {
    const ids = lines(await read(side, ['container', 'list', '--quiet']));
    return (await Promise.all(ids.map((id) => read(side, ['container', 'info', id])))).join('');
  },
  // Read only to tell which tasks there are; how wide ctr makes its columns is its own affair.
  tasks: async (side) =>
    (await read(side, ['task', 'list'])).replaceAll(/ +(?:\d+|PID) +([A-Z]+) *$/gm, ' $1'),
  leases: (side) => read(side, ['leases', 'list']),
  // What the list says of a layer is all that there is to know.
  snapshots: async (side) => {
    const list = await read(side, ['snapshot', 'list']);
    const keys = lines(list).map((row) => row.split(' ')[0]!);
    const own = keys.filter((key) => key !== 'KEY' && !key.startsWith('sha256:'));
    return [list, ...(await Promise.all(own.map((key) => read(side, ['snapshot', 'info', key]))))].join('');
  },
  // The age of a blob does not matter, and 1.6 prints labels in random order.
  content: async (side) => {
    const rows = lines(await read(side, ['content', 'list'])).slice(1);
    const cells = rows.map((row) => row.split(/\t+/));
    return cells
      .map(([digest, , , labels = '']) => `${digest} ${labels.split(',').sort().join(',')}\n`)
      .join('');
  },
  // On the side's own folders.
  mounts: (side) =>
    Promise.resolve(
      mountsBelow(side.folder)
        .map(({ path, access, type }) => `${path} ${access} ${type}\n`)
        .join(''),
    ),
  // Those of the side: its own, and what a case made with {ns} in its name.
  namespaces: async (side) => {
    const all = await withDaemon(side, (client) => client.namespaces.list());
    return all
      .filter(({ name }) => name.startsWith(side.namespace))
      .map(
        ({ name, labels }) =>
          `${name} ${[...labels]
            .map((label) => label.join('='))
            .sort()
            .join(',')}\n`,
      )
      .join('');
  },
} satisfies Readonly<Record<string, (side: Side) => Promise<string>>>;

export type AuditName = keyof typeof audits;

export const allAudits = Object.keys(audits) as readonly AuditName[];

/** The state of a side's namespace, by audit. */
export type State = ReadonlyMap<AuditName, string>;

/** Whether there is anything to look at: most commands leave nothing of most kinds, and a ctr for each is slow. */
const holds: Partial<Record<AuditName, (client: Client) => Promise<boolean>>> = {
  images: async (client) => (await client.images.list()).length > 0,
  containers: async (client) => (await client.containers.list()).length > 0,
  tasks: async (client) => (await client.tasks.list()).length > 0,
  leases: async (client) => (await client.leases.list()).length > 0,
  snapshots: (client) => any(client.snapshots('overlayfs').list()),
  content: (client) => any(client.content.list()),
};

/** Looks at a side's namespace. */
export async function audit(side: Side, names: readonly AuditName[]): Promise<State> {
  const held = await withDaemon(side, (client) =>
    // Where the daemon does not say, ctr shall.
    Promise.all(names.map(async (name) => (await holds[name]?.(client).catch(() => true)) ?? true)),
  );
  const entries = names.map(async (name, index) => {
    const text = held[index] ? await audits[name](side) : '';
    return [name, normalise(text, side)] as const;
  });
  return new Map(await Promise.all(entries));
}

async function read(side: Side, line: readonly string[]): Promise<string> {
  const { stdout, stderr, status } = await ownCtr(side, line);
  // A container whose snapshot is gone can be looked at; what cannot is told by the error.
  if (status === 3) throw new Error(`no such command: ctr ${line.join(' ')}`);
  return status === 0 ? stdout.toString() : `${line.join(' ')} failed: ${stderr.toString()}`;
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

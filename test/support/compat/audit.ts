import type { Client } from '../../../src/client/client.js';
import type { Container } from '../../../src/client/containers.js';
import { SnapshotKind } from '../../../src/client/snapshots.js';
import { TaskStatus } from '../../../src/client/tasks.js';
import type { Any } from '../../../src/gen/google/protobuf/any.js';
import { all } from '../all.js';
import { withDaemon } from './daemon.js';
import { mountsBelow } from './mounts.js';
import { normalise } from './normalise.js';
import type { Side } from './side.js';

/** What is looked at of what a command leaves behind: as the daemon has it, since a ctr for each would take most of the time. */
const audits = {
  images: async (_side, client) =>
    rows(
      (await client.images.list()).map(
        ({ name, target: { digest, size, mediaType, annotations }, labels }) =>
          `${name} ${digest} ${size} bytes ${mediaType} ${sorted(annotations ?? new Map())} ${sorted(labels)}`,
      ),
    ),
  containers: async (_side, client) => rows((await client.containers.list()).map(record)),
  tasks: async (_side, client) =>
    rows((await client.tasks.list()).map(({ id, status }) => `${id} ${TaskStatus[status]}`)),
  leases: async (_side, client) =>
    rows((await client.leases.list()).map(({ id, labels }) => `${id} ${sorted(labels)}`)),
  snapshots: async (_side, client) =>
    rows(
      (await all(client.snapshots('overlayfs').list())).map(({ name, parent, kind, labels }) => {
        // What a layer is called, and stands on, is all that there is to know.
        const own = name.startsWith('sha256:') ? '' : sorted(labels);
        return `${name} on ${parent} ${SnapshotKind[kind]} ${own}`;
      }),
    ),
  // The age of a blob does not matter.
  content: async (_side, client) =>
    rows((await all(client.content.list())).map(({ digest, labels }) => `${digest} ${sorted(labels)}`)),
  // On the side's own folders.
  mounts: (side) =>
    Promise.resolve(
      mountsBelow(side.folder)
        .map(({ path, access, type }) => `${path} ${access} ${type}\n`)
        .join(''),
    ),
  // Those of the side: its own, and what a case made with {ns} in its name.
  namespaces: async (side, client) => {
    const own = (await client.namespaces.list()).filter(({ name }) => name.startsWith(side.namespace));
    return rows(own.map(({ name, labels }) => `${name} ${sorted(labels)}`));
  },
} satisfies Readonly<Record<string, (side: Side, client: Client) => Promise<string>>>;

export type AuditName = keyof typeof audits;

export const allAudits = Object.keys(audits) as readonly AuditName[];

/** The state of a side's namespace, by audit. */
export type State = ReadonlyMap<AuditName, string>;

/** Looks at a side's namespace. */
export function audit(side: Side, names: readonly AuditName[]): Promise<State> {
  return withDaemon(side, async (client) => {
    const entries = names.map(async (name) => {
      const text = await audits[name](side, client);
      return [name, normalise(text, side)] as const;
    });
    return new Map(await Promise.all(entries));
  });
}

/** A container's record, but for when it was made and changed; each object of its spec begins a line. */
function record(container: Container): string {
  const { id, image, snapshotter, snapshotKey, sandbox, labels, runtime, spec, extensions } = container;
  const words = [
    [id, image, snapshotter, snapshotKey, sandbox].join(' '),
    sorted(labels),
    `${runtime?.name} ${packed(runtime?.options, 'base64')}`,
    ...[...extensions].map(([name, value]) => `${name} ${packed(value, 'base64')}`).sort(),
    packed(spec, 'utf8').replaceAll(/[,{[](?=["{[])/g, '$&\n'),
  ];
  return words.join('\n');
}

function packed(value: Any | undefined, encoding: BufferEncoding): string {
  return value ? `${value.typeUrl} ${Buffer.from(value.value).toString(encoding)}` : '';
}

function rows(lines: readonly string[]): string {
  return lines
    .toSorted()
    .map((line) => `${line}\n`)
    .join('');
}

function sorted(labels: ReadonlyMap<string, string>): string {
  return [...labels]
    .map((label) => label.join('='))
    .sort()
    .join(',');
}

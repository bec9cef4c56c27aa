import type { Container } from '../client/containers.js';
import { formatLabels } from '../output/labels.js';
import { formatLocalTime, formatRelative, timestampOf, type Timestamp } from '../output/time.js';
import type { DockerFields, DockerView } from './docker-view.js';
import { statusText, type ShownState } from './docker-status.js';

/** A container as docker's ps shows it. */
export interface ContainerRow {
  readonly container: Container;
  readonly name: string;
  readonly image: string;
  /** The command line; empty where it is not known. */
  readonly command: readonly string[];
  readonly mounts: readonly string[];
  readonly ports: readonly string[];
  readonly state: ShownState;
}

/** `docker ps`. */
export const dockerContainers: DockerView = {
  fields: ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names'],
  titles: new Map([
    ['ID', 'CONTAINER ID'],
    ['Image', 'IMAGE'],
    ['Command', 'COMMAND'],
    ['RunningFor', 'CREATED'],
    ['CreatedAt', 'CREATED AT'],
    ['Status', 'STATUS'],
    ['Ports', 'PORTS'],
    ['Names', 'NAMES'],
    ['Labels', 'LABELS'],
    ['State', 'STATE'],
    ['Mounts', 'MOUNTS'],
    ['Namespace', 'NAMESPACE'],
  ]),
  quiet: 'ID',
};

const maxCommand = 20;

/** The fields of a row; without `whole`, docker's long ids and commands are cut as docker cuts them. */
export function containerFields(
  row: ContainerRow,
  options: { readonly whole: boolean; readonly now: Date; readonly namespace: string },
): DockerFields {
  const { whole, now } = options;
  const { container, state } = row;
  const command = row.command.join(' ');
  const created: Timestamp = container.createdAt ?? timestampOf(0);
  return {
    ID: whole ? container.id : shortId(container.id),
    Image: row.image,
    Command: JSON.stringify(whole ? command : ellipsis(command)),
    CreatedAt: formatLocalTime(created),
    RunningFor: formatRelative(created, timestampOf(now)),
    Status: statusText(state, BigInt(now.getTime()) * 1_000_000n),
    State: state.status,
    Ports: row.ports.join(', '),
    Names: row.name,
    Labels: formatLabels(container.labels),
    Mounts: row.mounts.join(','),
    Namespace: options.namespace,
  };
}

/** docker's ids are hashes and recognised by their beginning; a name given by hand is not. */
export function shortId(id: string): string {
  return /^[\da-f]{64}$/.test(id) ? id.slice(0, 12) : id;
}

function ellipsis(text: string): string {
  const characters = Array.from(text);
  return characters.length <= maxCommand ? text : `${characters.slice(0, maxCommand - 1).join('')}…`;
}

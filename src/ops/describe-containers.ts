import type { Client } from '../client/client.js';
import type { Container } from '../client/containers.js';
import type { Process } from '../client/tasks.js';
import type { DockerRecord } from '../host/docker-record.js';
import { unixNanoseconds } from '../output/time.js';
import { containerName, dockerRecordOf } from './container-owner.js';
import { stateOf, type ContainerState } from './container-state.js';

/** A container with what is known of it elsewhere. */
export interface DescribedContainer {
  readonly container: Container;
  readonly task: Process | undefined;
  readonly docker: DockerRecord | undefined;
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
}

/** All containers of the namespace with their tasks: two calls, side by side. Newest first. */
export async function describeContainers(client: Client): Promise<DescribedContainer[]> {
  const [containers, tasks] = await Promise.all([client.containers.list(), client.tasks.list()]);
  const byId = new Map(tasks.map((task) => [task.containerId || task.id, task]));
  return containers
    .map((container) => describeContainer(container, byId.get(container.id)))
    .sort((a, b) => Number(createdAt(b) - createdAt(a)));
}

/** One container with its task. */
export function describeContainer(container: Container, task: Process | undefined): DescribedContainer {
  const docker = dockerRecordOf(container);
  return {
    container,
    task,
    docker,
    name: containerName(container, docker),
    image: docker?.image || container.image,
    state: stateOf(container, task, docker),
  };
}

const createdAt = ({ container }: DescribedContainer): bigint =>
  container.createdAt ? unixNanoseconds(container.createdAt) : 0n;

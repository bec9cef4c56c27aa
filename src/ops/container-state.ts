import type { Container } from '../client/containers.js';
import { TaskStatus, type Process } from '../client/tasks.js';
import type { DockerRecord } from '../host/docker-record.js';
import { processStart } from '../host/process-start.js';
import { parseRfc3339, unixNanoseconds, type Timestamp } from '../output/time.js';
import { readExit } from './exit-label.js';

/** What a container is doing. Times are nanoseconds since 1970. */
export type ContainerState =
  | { readonly status: 'created' | 'unknown' }
  | { readonly status: 'running' | 'paused'; readonly pid: number; readonly since: bigint | undefined }
  | { readonly status: 'exited'; readonly exitCode: number; readonly at: bigint | undefined };

/** Tells a container's state from its task, where it has one, and from what was written down of its end. */
export function stateOf(
  container: Container,
  task: Process | undefined,
  docker?: DockerRecord,
): ContainerState {
  if (!task) return endOf(container);
  switch (task.status) {
    case TaskStatus.RUNNING:
      return { status: 'running', pid: task.pid, since: since(task, docker) };
    case TaskStatus.PAUSED:
    case TaskStatus.PAUSING:
      return { status: 'paused', pid: task.pid, since: since(task, docker) };
    case TaskStatus.STOPPED:
      return { status: 'exited', exitCode: task.exitStatus, at: nanoseconds(task.exitedAt) };
    case TaskStatus.CREATED:
      return { status: 'created' };
    default:
      return { status: 'unknown' };
  }
}

function since({ pid }: Process, docker: DockerRecord | undefined): bigint | undefined {
  return processStart(pid) ?? nanoseconds(parseRfc3339(docker?.startedAt ?? ''));
}

function endOf(container: Container): ContainerState {
  const exit = readExit(container.labels);
  return exit ? { status: 'exited', ...exit } : { status: 'created' };
}

/** A time before 1970 is one that was never set. */
function nanoseconds(time: Timestamp | undefined): bigint | undefined {
  return time && time.seconds > 0n ? unixNanoseconds(time) : undefined;
}

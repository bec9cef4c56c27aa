import type { Container } from '../client/containers.js';
import type { Process } from '../client/tasks.js';
import type { ImageConfig } from '../oci/image-config.js';
import type { Spec } from '../oci/spec/types.js';
import type { JsonObject } from '../output/json.js';
import { formatRfc3339Nano, type Timestamp } from '../output/time.js';
import type { ShownState } from './docker-status.js';

/** A container with all that inspect shows of it. */
export interface InspectedContainer {
  readonly container: Container;
  readonly spec: Spec;
  readonly task: Process | undefined;
  readonly name: string;
  readonly image: string;
  readonly namespace: string;
  readonly state: ShownState;
}

const zeroTime = '0001-01-01T00:00:00Z';

/** `docker inspect` of a container, as far as containerd knows it, and what is containerd's own under `Containerd`. */
export function inspectContainer(row: InspectedContainer): JsonObject {
  const { container, spec, task, name, image, namespace, state } = row;
  const { process, linux, root } = spec;
  const [path = '', ...args] = process?.args ?? [];
  const { resources } = linux ?? {};
  return {
    Id: container.id,
    Created: time(container.createdAt),
    Path: path,
    Args: args,
    State: stateJson(state, task),
    Image: image,
    Name: `/${name}`,
    Driver: container.snapshotter,
    Platform: 'linux',
    HostConfig: {
      Memory: resources?.memory?.limit ?? 0n,
      NanoCpus: nanoCpus(resources?.cpu),
      CpuShares: resources?.cpu?.shares ?? 0n,
      CpusetCpus: resources?.cpu?.cpus ?? '',
      NetworkMode: networkMode(spec),
      ReadonlyRootfs: root?.readonly ?? false,
      RestartPolicy: restartPolicy(container.labels),
      Runtime: container.runtime?.name ?? '',
      CgroupParent: linux?.cgroupsPath ?? '',
    },
    Mounts: (spec.mounts ?? [])
      .filter(({ type, options }) => type === 'bind' || options?.some((option) => /^r?bind$/.test(option)))
      .map(({ source, destination, options }) => ({
        Type: 'bind',
        Source: source ?? '',
        Destination: destination,
        Mode: options?.join(',') ?? '',
        RW: !(options?.includes('ro') ?? false),
        Propagation: options?.find((option) => /(?:shared|slave|private)$/.test(option)) ?? '',
      })),
    Config: {
      Hostname: spec.hostname ?? '',
      User: process?.user ? `${process.user.uid}:${process.user.gid}` : '',
      Tty: process?.terminal ?? false,
      Env: process?.env ?? [],
      Cmd: process?.args ?? [],
      Image: image,
      WorkingDir: process?.cwd ?? '',
      Labels: container.labels,
    },
    NetworkSettings: { SandboxKey: task && task.pid > 0 ? `/proc/${task.pid}/ns/net` : '', Ports: {} },
    Containerd: {
      Namespace: namespace,
      Snapshotter: container.snapshotter,
      SnapshotKey: container.snapshotKey,
      Runtime: container.runtime?.name ?? '',
      Sandbox: container.sandbox,
      Stdout: task?.stdout ?? '',
    },
  };
}

function stateJson(state: ShownState, task: Process | undefined): JsonObject {
  const paused = state.status === 'paused';
  const running = state.status === 'running' || paused;
  return {
    Status: state.status,
    Running: running,
    Paused: paused,
    Pid: running ? (task?.pid ?? 0) : 0,
    ExitCode: state.status === 'exited' ? state.exitCode : 0,
    StartedAt: 'since' in state ? instant(state.since) : zeroTime,
    FinishedAt: state.status === 'exited' ? instant(state.at) : zeroTime,
  };
}

function instant(nanoseconds: bigint | undefined): string {
  if (nanoseconds === undefined) return zeroTime;
  return formatRfc3339Nano({
    seconds: nanoseconds / 1_000_000_000n,
    nanos: Number(nanoseconds % 1_000_000_000n),
  });
}

const time = (timestamp: Timestamp | undefined): string =>
  timestamp ? formatRfc3339Nano(timestamp) : zeroTime;

function nanoCpus(
  cpu: { readonly quota?: bigint | undefined; readonly period?: bigint | undefined } | undefined,
): bigint {
  const { quota = 0n, period = 0n } = cpu ?? {};
  return quota > 0n && period > 0n ? (quota * 1_000_000_000n) / period : 0n;
}

function networkMode({ linux }: Spec): string {
  const network = linux?.namespaces?.find(({ type }) => type === 'network');
  if (!network) return 'host';
  return network.path ? `ns:${network.path}` : 'none';
}

function restartPolicy(labels: ReadonlyMap<string, string>): JsonObject {
  const [name = 'no', retries = '0'] = (labels.get('containerd.io/restart.policy') ?? 'no').split(':');
  return { Name: name, MaximumRetryCount: Number(retries) || 0 };
}

/** An image with all that inspect shows of it. */
export interface InspectedImage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly digests: readonly string[];
  readonly size: bigint;
  readonly config: ImageConfig | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly namespace: string;
  readonly target: { readonly mediaType: string; readonly digest: string };
}

/** `docker inspect` of an image. */
export function inspectImage(image: InspectedImage): JsonObject {
  const { config } = image;
  const process = config?.process;
  return {
    Id: image.id,
    RepoTags: image.tags,
    RepoDigests: image.digests,
    Created: config?.created ?? '',
    Author: config?.author ?? '',
    Architecture: config?.platform.architecture ?? '',
    Variant: config?.platform.variant,
    Os: config?.platform.os ?? '',
    Size: image.size,
    Config: process
      ? {
          User: process.user,
          ExposedPorts: new Map(process.exposedPorts.map((port) => [port, {}])),
          Env: process.env,
          Cmd: process.cmd,
          Entrypoint: process.entrypoint,
          WorkingDir: process.workingDir,
          StopSignal: process.stopSignal || undefined,
          Volumes: new Map(process.volumes.map((volume) => [volume, {}])),
          Labels: process.labels,
        }
      : null,
    RootFS: { Type: 'layers', Layers: config?.diffIds ?? [] },
    Containerd: {
      Namespace: image.namespace,
      Labels: image.labels,
      Target: { MediaType: image.target.mediaType, Digest: image.target.digest },
    },
  };
}

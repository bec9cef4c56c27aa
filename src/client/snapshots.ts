import {
  Kind,
  SnapshotsDefinition as service,
  type Info as SnapshotInfo,
  type UsageResponse,
} from '../gen/services/snapshots/v1/snapshots.js';
import type { Mount } from '../gen/types/mount.js';
import type { CallOptions, Caller } from './call.js';
import { ContainerdError } from './errors.js';

export type { Mount, SnapshotInfo };
export { Kind as SnapshotKind };

type Labels = ReadonlyMap<string, string>;

/** containerd.services.snapshots.v1.Snapshots, of one snapshotter. */
export class Snapshots {
  constructor(
    private readonly caller: Caller,
    readonly snapshotter: string,
  ) {}

  /** Snapshots.Prepare: a writable layer on `parent`. @throws ContainerdError 'already exists', 'not found'. */
  async prepare(
    key: string,
    parent: string,
    labels: Labels = new Map(),
    options?: CallOptions,
  ): Promise<readonly Mount[]> {
    const request = { snapshotter: this.snapshotter, key, parent, labels };
    return (await this.caller.unary(service, service.methods.prepare, request, options)).mounts;
  }

  /** Snapshots.View: a read-only layer on `parent`. @throws ContainerdError 'already exists', 'not found'. */
  async view(
    key: string,
    parent: string,
    labels: Labels = new Map(),
    options?: CallOptions,
  ): Promise<readonly Mount[]> {
    const request = { snapshotter: this.snapshotter, key, parent, labels };
    return (await this.caller.unary(service, service.methods.view, request, options)).mounts;
  }

  /** Snapshots.Mounts of an active snapshot. @throws ContainerdError 'not found'. */
  async mounts(key: string, options?: CallOptions): Promise<readonly Mount[]> {
    const request = { snapshotter: this.snapshotter, key };
    return (await this.caller.unary(service, service.methods.mounts, request, options)).mounts;
  }

  /** Snapshots.Commit. @throws ContainerdError 'already exists', 'not found'. */
  async commit(name: string, key: string, labels: Labels = new Map(), options?: CallOptions): Promise<void> {
    const request = { snapshotter: this.snapshotter, name, key, labels, parent: '' };
    await this.caller.unary(service, service.methods.commit, request, options);
  }

  /** Snapshots.Remove. @throws ContainerdError 'not found', 'failed precondition' where it has children. */
  async remove(key: string, options?: CallOptions): Promise<void> {
    await this.caller.unary(service, service.methods.remove, { snapshotter: this.snapshotter, key }, options);
  }

  /** Snapshots.Stat. @throws ContainerdError 'not found'. */
  async stat(key: string, options?: CallOptions): Promise<SnapshotInfo> {
    const request = { snapshotter: this.snapshotter, key };
    const { info } = await this.caller.unary(service, service.methods.stat, request, options);
    if (!info)
      throw new ContainerdError(
        'internal',
        `containerd answered without the snapshot ${JSON.stringify(key)}`,
      );
    return info;
  }

  /**
   * Snapshots.Update of labels: sets those given, removes those with an empty value, and leaves all others.
   * @throws ContainerdError 'not found', 'invalid argument'.
   */
  async setLabels(key: string, labels: Labels, options?: CallOptions): Promise<SnapshotInfo> {
    const info = {
      name: key,
      parent: '',
      kind: Kind.UNKNOWN,
      createdAt: undefined,
      updatedAt: undefined,
      labels,
    };
    const updateMask = [...labels.keys()].map((label) => `labels.${label}`);
    const request = { snapshotter: this.snapshotter, info, updateMask };
    const answer = await this.caller.unary(service, service.methods.update, request, options);
    return answer.info ?? { ...info, labels };
  }

  /** Snapshots.List. */
  async *list(filters: readonly string[] = [], options?: CallOptions): AsyncGenerator<SnapshotInfo> {
    const request = { snapshotter: this.snapshotter, filters };
    for await (const { info } of this.caller.stream(service, service.methods.list, request, options))
      yield* info;
  }

  /** Snapshots.Usage, without the parents'. @throws ContainerdError 'not found'. */
  async usage(key: string, options?: CallOptions): Promise<UsageResponse> {
    return this.caller.unary(service, service.methods.usage, { snapshotter: this.snapshotter, key }, options);
  }
}

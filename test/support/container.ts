import type { Container } from '../../src/client/containers.js';

/** The runtime of a {@link containerOf} that names no other. */
export const runtime = { name: 'io.containerd.runc.v2', options: undefined };

/** A container's record as it is given to the daemon: as little as that takes, and what is said. */
export function containerOf(id: string, more: Partial<Container> = {}): Container {
  return {
    id,
    labels: new Map(),
    image: '',
    runtime,
    spec: { typeUrl: 'test', value: new Uint8Array([0x7b, 0x7d]) },
    snapshotter: '',
    snapshotKey: '',
    createdAt: undefined,
    updatedAt: undefined,
    extensions: new Map(),
    sandbox: '',
    ...more,
  };
}

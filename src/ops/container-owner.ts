import type { Container } from '../client/containers.js';
import { readDockerRecord, type DockerRecord } from '../host/docker-record.js';
import { KindError } from '../oci/errors.js';
import { specOf } from './spec-of.js';

/** Who made a container and looks after it. */
export type ContainerOwner = 'docker' | 'kubernetes' | 'nerdctl' | 'nobody';

/** Tells the owner by the labels that it leaves. */
export function ownerOf({ labels }: Pick<Container, 'labels'>): ContainerOwner {
  if (labels.has('com.docker/engine.bundle.path')) return 'docker';
  if (labels.has('io.cri-containerd.kind')) return 'kubernetes';
  return labels.has('nerdctl/name') || labels.has('nerdctl/namespace') ? 'nerdctl' : 'nobody';
}

/** What dockerd knows of its container; undefined for others', and where its files cannot be read. */
export function dockerRecordOf(container: Container): DockerRecord | undefined {
  if (ownerOf(container) !== 'docker') return undefined;
  try {
    const mount = specOf(container).mounts?.find(({ destination }) => destination === '/etc/hostname');
    return mount?.source === undefined ? undefined : readDockerRecord(container.id, mount.source);
  } catch (error) {
    if (error instanceof KindError) return undefined; // a record without a spec to read has no such mount
    throw error;
  }
}

/**
 * The name that people know a container by: docker's, nerdctl's or tctr's, `namespace/pod/container` of a
 * pod's; its id where it has no other.
 */
export function containerName(container: Pick<Container, 'id' | 'labels'>, docker?: DockerRecord): string {
  const { id, labels } = container;
  const given = docker?.name || labels.get('nerdctl/name') || labels.get('tctr/name');
  if (given) return given;
  const pod = labels.get('io.kubernetes.pod.name');
  if (!pod) return id;
  const parts = [labels.get('io.kubernetes.pod.namespace'), pod, labels.get('io.kubernetes.container.name')];
  return parts.filter(Boolean).join('/');
}

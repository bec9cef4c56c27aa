import type { Platform } from '../../oci/descriptor.js';
import { pull } from '../pull.js';
import type { RegistryFlags } from '../remote.js';
import type { Session } from '../session.js';
import { dockerRegistry, showingOn } from './registry.js';

/** An image to pull as docker's words do. */
export interface DockerPull {
  /** The full name. */
  readonly ref: string;
  readonly platforms: readonly Platform[];
  readonly registry: RegistryFlags;
  /** Where the progress is shown; undefined for nowhere. */
  readonly progress: 'stdout' | 'stderr' | undefined;
}

/** Pulls with what docker's users expect: the machine's mirrors, and the logins of `docker login`. */
export async function pullImage(
  session: Session,
  { ref, platforms, registry, progress }: DockerPull,
): Promise<void> {
  await pull(showingOn(session, progress), {
    ref,
    ...dockerRegistry(session, registry),
    snapshotter: '',
    labels: new Map(),
    platforms,
    allMetadata: true,
    local: false,
    printChainId: false,
    concurrency: 0,
    syncFs: false,
  });
}

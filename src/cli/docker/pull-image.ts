import { statSync } from 'node:fs';
import type { Platform } from '../../oci/descriptor.js';
import { dockerConfigCredentials } from '../../remotes/docker-config.js';
import { pull } from '../pull.js';
import type { RegistryFlags } from '../remote.js';
import type { Session } from '../session.js';
import type { Output } from '../streams.js';

/** An image to pull as docker's words do. */
export interface DockerPull {
  /** The full name. */
  readonly ref: string;
  readonly platforms: readonly Platform[];
  readonly registry: RegistryFlags;
  /** Where the progress is shown; undefined for nowhere. */
  readonly progress: 'stdout' | 'stderr' | undefined;
}

/** Where containerd's own registry settings are by convention. */
const hostsDir = '/etc/containerd/certs.d';

/** Pulls with what docker's users expect: the machine's mirrors, and the logins of `docker login`. */
export async function pullImage(
  session: Session,
  { ref, platforms, registry, progress }: DockerPull,
): Promise<void> {
  const { streams, log, env } = session;
  const stdout = progress === undefined ? silent(streams.stdout.fd) : streams[progress];
  await pull(
    { ...session, streams: { ...streams, stdout } },
    {
      ref,
      registry: { ...registry, ...hostsDirFlag(registry) },
      credentials: dockerConfigCredentials({ env, onWarning: (text) => log.warning(text) }),
      snapshotter: '',
      labels: new Map(),
      platforms,
      allMetadata: true,
      local: false,
      printChainId: false,
      concurrency: 0,
      syncFs: false,
    },
  );
}

function hostsDirFlag(registry: RegistryFlags): Partial<Pick<RegistryFlags, 'hosts-dir'>> {
  if (registry['hosts-dir'] !== undefined) return {};
  const there = statSync(hostsDir, { throwIfNoEntry: false })?.isDirectory() === true;
  return there ? { 'hosts-dir': hostsDir } : {};
}

function silent(fd: number): Output & { readonly fd: number } {
  return { fd, isTTY: false, columns: undefined, write: () => undefined };
}

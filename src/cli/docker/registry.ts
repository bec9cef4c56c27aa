import { statSync } from 'node:fs';
import { dockerConfigCredentials } from '../../remotes/docker-config.js';
import type { CredentialSource } from '../../remotes/credentials.js';
import type { RegistryFlags } from '../remote.js';
import type { Session } from '../session.js';

/** Where containerd's own registry settings are by convention. */
const hostsDir = '/etc/containerd/certs.d';

/** What docker's users expect of a registry: the machine's mirrors, and the logins of `docker login`. */
export function dockerRegistry(
  { env, log }: Session,
  flags: RegistryFlags,
): { readonly registry: RegistryFlags; readonly credentials: CredentialSource } {
  return {
    registry: { ...flags, ...hostsDirFlag(flags) },
    credentials: dockerConfigCredentials({ env, onWarning: (text) => log.warning(text) }),
  };
}

/** The same session with its progress on another stream, or on none. */
export function showingOn(session: Session, progress: 'stdout' | 'stderr' | undefined): Session {
  const { streams } = session;
  const silent = { fd: streams.stdout.fd, isTTY: false, columns: undefined, write: () => undefined };
  return {
    ...session,
    streams: { ...streams, stdout: progress === undefined ? silent : streams[progress] },
  };
}

function hostsDirFlag(flags: RegistryFlags): Partial<Pick<RegistryFlags, 'hosts-dir'>> {
  if (flags['hosts-dir'] !== undefined) return {};
  const there = statSync(hostsDir, { throwIfNoEntry: false })?.isDirectory() === true;
  return there ? { 'hosts-dir': hostsDir } : {};
}

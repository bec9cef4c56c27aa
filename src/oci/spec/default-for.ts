import { type ContainerName, defaultSpec, ociVersion } from './default.js';
import type { Spec } from './types.js';

/** Go's nil slice: written as null, where an empty list would be []. */
const noFolders = {} as NonNullable<Spec['windows']>;

/** containerd's default spec for an operating system: what is neither Windows nor Darwin gets that of Linux. */
export function defaultSpecFor(os: string, name: ContainerName): Spec {
  const process = (cwd: string) => ({ user: { uid: 0, gid: 0 }, cwd });
  if (os === 'windows') {
    return { ociVersion, process: process('C:\\'), root: { path: '' }, windows: noFolders };
  }
  if (os === 'darwin') return { ociVersion, process: process('/'), root: { path: '' } };
  return defaultSpec(name);
}

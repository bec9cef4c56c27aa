import { posix } from 'node:path';
import type { LinuxSpec, Mount } from './types.js';

/** Adds mounts; one with the destination of a mount that is there replaces it, at the end of the list. */
export function withMounts(spec: LinuxSpec, mounts: readonly Mount[]): LinuxSpec {
  const destinations = new Set(mounts.map(({ destination }) => destination));
  // ctr: only the destination of the mount that is there is cleaned, so `dst=/run/` adds a second mount on /run.
  const kept = spec.mounts.filter(({ destination }) => !destinations.has(clean(destination)));
  return { ...spec, mounts: [...kept, ...mounts] };
}

/** Go's filepath.Clean. */
function clean(path: string): string {
  const normal = posix.normalize(path);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}

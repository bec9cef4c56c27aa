import { constants, fstatSync, openSync, readlinkSync } from 'node:fs';
import { isatty } from 'node:tty';

/**
 * Opens what an inherited descriptor refers to a second time with O_NONBLOCK, so that the flag stays ours: set on the
 * inherited one it would hold for every process that shares it, our shell's included.
 * Undefined where that is impossible or means something else (sockets, files, a pipe of another user).
 */
export function reopenNonblocking(fd: number, access: 'read' | 'write'): number | undefined {
  if (!isAnonymousPipe(fd) && !(access === 'write' && isatty(fd))) return undefined;
  const { O_NOCTTY, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants;
  try {
    return openSync(`/proc/self/fd/${fd}`, (access === 'read' ? O_RDONLY : O_WRONLY) | O_NONBLOCK | O_NOCTTY);
  } catch {
    return undefined; // EACCES after a change of user: the inherited descriptor has to do
  }
}

/** A FIFO with a name is none: reopened after its writer has gone it would never report the end. */
function isAnonymousPipe(fd: number): boolean {
  return fstatSync(fd).isFIFO() && readlinkSync(`/proc/self/fd/${fd}`).startsWith('pipe:');
}

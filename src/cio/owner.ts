import { readFileSync, readlinkSync } from 'node:fs';

/** A process, named so that a later process can tell whether it still runs even after its pid was used again. */
export interface Owner {
  /** The kernel's id of this boot (proc(5), /proc/sys/kernel/random/boot_id). */
  readonly bootId: string;
  readonly pid: number;
  /** Clock ticks from boot to the start of the process (proc_pid_stat(5), field 22). */
  readonly startTime: bigint;
  /** Inode of the pid namespace in which `pid` means this process. */
  readonly pidNamespace: string;
}

interface ProcessStat {
  readonly state: string;
  readonly startTime: bigint;
}

/** This process as an {@link Owner}. */
export function currentOwner(): Owner {
  const stat = readStat('self');
  if (stat === undefined) throw new Error('/proc/self/stat cannot be read: is /proc mounted?');
  return { bootId: bootId(), pid: process.pid, startTime: stat.startTime, pidNamespace: pidNamespace() };
}

/**
 * Tells whether the owner still runs. A zombie counts as dead, and an owner in another pid namespace as alive, as
 * nobody here can know.
 */
export function isAlive(owner: Owner): boolean {
  if (owner.bootId !== bootId()) return false;
  if (owner.pidNamespace !== pidNamespace()) return true;
  const stat = readStat(owner.pid);
  // With hidepid= in force /proc hides the processes of other users.
  if (stat === undefined) return pidIsTaken(owner.pid);
  return stat.startTime === owner.startTime && stat.state !== 'Z' && stat.state !== 'X';
}

/** The owner as text without blanks, fit for a label or a link: `bootid/pid/starttime/pidns`. */
export function formatOwner({ bootId, pid, startTime, pidNamespace }: Owner): string {
  return `${bootId}/${pid}/${startTime}/${pidNamespace}`;
}

/** Reads {@link formatOwner}'s text; undefined where it is anything else. */
export function parseOwner(text: string): Owner | undefined {
  const match = /^([0-9a-f-]{36})\/([1-9]\d{0,9})\/(\d{1,20})\/(\d{1,20})$/.exec(text);
  if (match === null) return undefined;
  const [, bootId = '', pid = '', startTime = '', pidNamespace = ''] = match;
  return { bootId, pid: Number(pid), startTime: BigInt(startTime), pidNamespace };
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'ascii').trim();
}

function pidNamespace(): string {
  return readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '');
}

function readStat(pid: number | 'self'): ProcessStat | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined; // the process has gone, which is what the caller asks about
  }
  // The second field is the command's name in brackets, and may hold blanks and brackets itself.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startTime] = [fields[0], fields[19]];
  return state === undefined || startTime === undefined ? undefined : { state, startTime: BigInt(startTime) };
}

function pidIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

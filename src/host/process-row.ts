import { readFileSync } from 'node:fs';
import { startTime } from './process-start.js';

/** A process as ps -f shows it. */
export interface ProcessRow {
  readonly uid: number;
  readonly pid: number;
  readonly ppid: number;
  /** Nanoseconds since 1970. */
  readonly startedAt: bigint | undefined;
  /** Processor time in seconds. */
  readonly cpuSeconds: number;
  /** The terminal's name, `?` for none. */
  readonly tty: string;
  /** The name in brackets where the process has no arguments. */
  readonly command: string;
}

/** Reads what /proc says of a process; undefined if it has gone, or is not of this machine. */
export function readProcess(pid: number): ProcessRow | undefined {
  try {
    const read = (file: string): string => readFileSync(file, 'utf8');
    const stat = read(`/proc/${pid}/stat`);
    return processRow(pid, {
      stat,
      status: read(`/proc/${pid}/status`),
      cmdline: read(`/proc/${pid}/cmdline`),
      system: read('/proc/stat'),
    });
  } catch {
    return undefined; // ended meanwhile
  }
}

/** Puts together what the files of /proc/PID say (proc(5)). */
export function processRow(
  pid: number,
  texts: {
    readonly stat: string;
    readonly status: string;
    readonly cmdline: string;
    readonly system: string;
  },
): ProcessRow {
  const { stat, status, cmdline, system } = texts;
  const end = stat.lastIndexOf(')');
  // From field 3 on: state, ppid, pgrp, session, tty_nr, …, utime (14), stime (15).
  const fields = stat
    .slice(end + 2)
    .split(' ')
    .map(Number);
  const name = stat.slice(stat.indexOf('(') + 1, end);
  const tty = fields[4] ?? 0;
  return {
    pid,
    uid: Number(/^Uid:\s+(\d+)/m.exec(status)?.[1] ?? 0),
    ppid: fields[1] ?? 0,
    startedAt: startTime(stat, system),
    cpuSeconds: Math.floor(((fields[11] ?? 0) + (fields[12] ?? 0)) / 100),
    tty: ttyName(tty),
    command: cmdline === '' ? `[${name}]` : cmdline.replace(/\0+$/, '').replaceAll('\0', ' '),
  };
}

/** Majors 136 to 143 are pseudo-terminals, the only ones that containers have. */
function ttyName(device: number): string {
  const major = (device >> 8) & 0xfff;
  const minor = (device & 0xff) | ((device >> 12) & 0xfff00);
  return major >= 136 && major <= 143 ? `pts/${(major - 136) * 256 + minor}` : '?';
}

import { safe } from '../output/safe.js';
import { drawTable } from '../output/table.js';
import { tableStyles } from '../output/table-layout.js';

/** A process of a container. */
export interface TopRow {
  readonly uid: number;
  readonly pid: number;
  readonly ppid: number;
  /** Nanoseconds since 1970. */
  readonly startedAt: bigint | undefined;
  readonly cpuSeconds: number;
  readonly tty: string;
  readonly command: string;
}

const titles = ['UID', 'PID', 'PPID', 'STIME', 'TTY', 'TIME', 'CMD'];

/** `docker top`, the users by number. */
export function drawTop(rows: readonly TopRow[], now: Date): Promise<string> {
  const lines = rows.map((row) => [
    String(row.uid),
    String(row.pid),
    String(row.ppid),
    startText(row.startedAt, now),
    row.tty,
    clock(row.cpuSeconds),
    safe(row.command),
  ]);
  return drawTable([titles, ...lines], tableStyles.docker);
}

/** As ps: the time today, else the day. */
function startText(nanoseconds: bigint | undefined, now: Date): string {
  if (nanoseconds === undefined) return '?';
  const date = new Date(Number(nanoseconds / 1_000_000n));
  if (date.toDateString() === now.toDateString()) return `${two(date.getHours())}:${two(date.getMinutes())}`;
  const [, month = '', day = ''] = date.toDateString().split(' ');
  return `${month}${day}`;
}

function clock(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const two = (value: number): string => String(value).padStart(2, '0');

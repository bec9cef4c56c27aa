import { readFileSync } from 'node:fs';

/** Ticks of a second in /proc: USER_HZ, the same on every architecture of Linux that containerd runs on. */
const ticksPerSecond = 100n;

/** When a process of this machine was started, in nanoseconds since 1970; undefined if it is not there. */
export function processStart(pid: number): bigint | undefined {
  if (pid <= 0) return undefined;
  try {
    return startTime(readFileSync(`/proc/${pid}/stat`, 'utf8'), readFileSync('/proc/stat', 'utf8'));
  } catch {
    return undefined; // ended meanwhile, or the daemon's processes are not ours to see
  }
}

/** Reads field 22 of a /proc/PID/stat, and `btime` of /proc/stat (proc(5)). */
export function startTime(processStat: string, systemStat: string): bigint | undefined {
  // The name in field 2 may hold blanks and parentheses; what follows its end begins with field 3.
  const fields = processStat.slice(processStat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields[22 - 3];
  const boot = /^btime (\d+)$/m.exec(systemStat)?.[1];
  if (ticks === undefined || boot === undefined || !/^\d+$/.test(ticks)) return undefined;
  return BigInt(boot) * 1_000_000_000n + (BigInt(ticks) * 1_000_000_000n) / ticksPerSecond;
}

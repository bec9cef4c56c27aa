import { readFileSync, readdirSync } from 'node:fs';

/** Whether a process runs whose command line is like that: its words, the program first. */
export function someProcess(isLike: (words: readonly string[]) => boolean): boolean {
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && isLike(commandLine(name)));
}

function commandLine(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replace(/\0$/, '').split('\0');
  } catch {
    return []; // it has ended meanwhile
  }
}

import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { someProcess } from './command-lines.js';

/** Milliseconds between two looks. */
const pause = 20;

/**
 * Resolves when no mount(8) works on a target any more: one outlives the tctr that began it and was killed.
 * @param patience milliseconds, after which it is not waited for any longer
 */
export async function mountingEnded(target: string, patience: number): Promise<void> {
  const late = Date.now() + patience;
  // Not seen twice: a process that just becomes another program has no command line for a moment.
  for (let unseen = 0; unseen < 2 && Date.now() < late; await sleep(pause))
    unseen = isMounting(target) ? 0 : unseen + 1;
}

function isMounting(target: string): boolean {
  return someProcess((words) => {
    // mount(8), its helper for one file system, a script in the place of either, or the shell that is to become it.
    const programs = words[1] === '-c' ? [words[3] ?? ''] : words.slice(0, 2);
    const isMount = programs.some((word) => /^mount(?:\.[\w-]+)?$/.test(basename(word)));
    return isMount && words.includes(target);
  });
}

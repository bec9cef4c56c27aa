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
  while (isMounting(target) && Date.now() < late) await sleep(pause);
}

function isMounting(target: string): boolean {
  return someProcess((words) => {
    // mount(8), its helper for one file system, or a script in the place of either.
    const isMount = words.slice(0, 2).some((word) => /^mount(?:\.[\w-]+)?$/.test(basename(word)));
    return isMount && words.includes(target);
  });
}

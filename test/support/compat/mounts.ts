import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A mount of this machine. */
export interface HostMount {
  readonly path: string;
  /** `ro` or `rw`, of the mount itself. */
  readonly access: string;
  readonly type: string;
}

/** What is mounted in a folder and below it, in the order it was mounted. */
export function mountsBelow(folder: string): readonly HostMount[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, , , , path = '']) => path === folder || path.startsWith(`${folder}/`))
    .map((fields) => ({
      path: fields[4]!,
      access: fields[5]!.split(',')[0]!,
      type: fields[fields.indexOf('-') + 1]!,
    }));
}

/** Takes all of it off again, the last one first. */
export function unmountBelow(folder: string): void {
  for (const { path } of mountsBelow(folder).toReversed()) execFileSync('umount', ['--', path]);
}

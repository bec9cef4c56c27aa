import { readFileSync } from 'node:fs';

/** How many mounts stand on a path, one on top of the other; the path as the kernel names it, without links. */
export function countMounts(path: string): number {
  return countMountsIn(readFileSync('/proc/self/mountinfo', 'utf8'), path);
}

/** The same for the text of a mountinfo file (proc(5)). */
export function countMountsIn(mountinfo: string, path: string): number {
  return mountinfo.split('\n').filter((line) => unescape(line.split(' ')[4] ?? '') === path).length;
}

/** Blanks, tabs, newlines and backslashes of a path are written in octal. */
function unescape(field: string): string {
  if (!field.includes('\\')) return field;
  const bytes = Buffer.from(field).toString('latin1');
  const plain = bytes.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(plain, 'latin1').toString();
}

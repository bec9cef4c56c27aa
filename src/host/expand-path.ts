import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The paths that a shell pattern (`*`, `?`, `[a-z]`) stands for, in order; a name that begins with a dot counts too. */
export function expandPath(pattern: string): readonly string[] {
  const segments = pattern.split('/').filter((segment) => segment !== '');
  return segments.reduce<readonly string[]>(
    (folders, segment) => folders.flatMap((folder) => entriesLike(folder, segment)),
    [pattern.startsWith('/') ? '/' : '.'],
  );
}

function entriesLike(folder: string, segment: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return []; // no folder, so nothing is in it
  }
  const like = expression(segment);
  return names
    .filter((name) => like.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function expression(segment: string): RegExp {
  const source = segment.replace(/\[[^\]]+\]|[.+^${}()|[\]\\*?]/g, (found) => {
    if (found === '*') return '.*';
    if (found === '?') return '.';
    if (found.length === 1) return `\\${found}`;
    return `[${found.slice(1, -1).replaceAll('\\', '\\\\').replaceAll('[', '\\[')}]`;
  });
  return new RegExp(`^${source}$`, 's');
}

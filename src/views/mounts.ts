import { posix } from 'node:path';
import type { Mount } from '../client/snapshots.js';
import type { JsonValue } from '../output/json.js';
import { safe } from '../output/safe.js';

/** ctr's `snapshot mounts`: the commands that mount a snapshot on `target`. */
export function mountCommands(mounts: readonly Mount[], target: string): string {
  return mounts
    .map(({ type, source, target: below, options }) => {
      const words = ['mount', '-t', type, source, joined(target, below), '-o', options.join(',')];
      return `${safe(words.join(' '))}\n`;
    })
    .join('');
}

/** ctr's `snapshot prepare --mounts`. */
export function mountsJson(mounts: readonly Mount[]): JsonValue {
  return mounts.map(({ type, source, target, options }) => ({
    Type: type,
    Source: source,
    Target: target,
    Options: options,
  }));
}

/** Go's filepath.Join: cleaned, without a slash at the end, and nothing where there is nothing. */
function joined(...parts: readonly string[]): string {
  if (parts.every((part) => part === '')) return '';
  const path = posix.join(...parts);
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

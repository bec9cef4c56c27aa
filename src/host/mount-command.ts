import { posix } from 'node:path';
import type { SnapshotMount } from './snapshot-layers.js';

/** How mount(8) is called. */
export interface MountCall {
  /** Where relative names of layers begin. */
  readonly cwd: string;
  readonly args: readonly string[];
}

/** The kernel takes a page of options; ctr leaves as much room below it. */
const optionLimit = 4096 - 512;

/**
 * The call that mounts a snapshot as its snapshotter says. Where an overlay's options do not fit into a page, its layers
 * are named relative to the folder that they are all in.
 * @param target an absolute path
 */
export function mountCall({ type, source, options }: SnapshotMount, target: string): MountCall {
  const whole = options.join(',');
  const call = (cwd: string, text: string): MountCall => ({
    cwd,
    args: ['-n', '-t', type, ...(text === '' ? [] : ['-o', text]), '--', source, target],
  });
  const lower = options.find((option) => option.startsWith('lowerdir='));
  if (type !== 'overlay' || whole.length < optionLimit || lower === undefined) return call('/', whole);
  const layers = lower.slice('lowerdir='.length).split(':');
  if (!layers.every((layer) => layer.startsWith('/') && !layer.includes('\\'))) return call('/', whole);
  const cwd = commonFolder(layers);
  const names = layers.map((layer) => posix.relative(cwd, layer) || '.').join(':');
  return call(cwd, options.map((option) => (option === lower ? `lowerdir=${names}` : option)).join(','));
}

/** The deepest folder that all of these absolute paths are below of. */
export function commonFolder(paths: readonly string[]): string {
  const [first = '/', ...others] = paths.map((path) => posix.dirname(path));
  let common = first;
  while (!others.every((path) => path === common || path.startsWith(posix.join(common, '/')))) {
    common = posix.dirname(common);
  }
  return common;
}

/** A mount of a snapshot, as Snapshots/Mounts answers. */
export interface SnapshotMount {
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

/** The directories a snapshot consists of, topmost first; undefined if it is made of something else. */
export function layersOf(mounts: readonly SnapshotMount[]): readonly string[] | undefined {
  const [mount] = mounts;
  if (mount === undefined || mounts.length > 1) return undefined;
  if (mount.options.some((option) => option === 'bind' || option === 'rbind') || mount.type === 'bind') {
    return [mount.source];
  }
  if (mount.type !== 'overlay') return undefined;
  const upper = valuesOf(mount.options, 'upperdir');
  const lower = valuesOf(mount.options, 'lowerdir').flatMap((value) => value.split(':'));
  // An empty name begins the data-only layers, a backslash escapes a colon: the kernel's business.
  const plain = lower.length > 0 && lower.every((layer) => layer.startsWith('/') && !layer.includes('\\'));
  return plain ? [...upper, ...lower] : undefined;
}

function valuesOf(options: readonly string[], key: string): readonly string[] {
  return options
    .filter((option) => option.startsWith(`${key}=`))
    .map((option) => option.slice(key.length + 1));
}

import type { Descriptor } from '../oci/descriptor.js';
import { isConfig, isLayer, isManifest } from '../oci/media-types.js';
import { formatRfc3339, timestampOf } from '../output/time.js';

/**
 * The labels by which containerd's collector finds what a manifest or index refers to (containerd,
 * images.ChildGCLabels): `containerd.io/gc.ref.content.` and `config`, `l.<i>`, `m.<i>` or `<i>`.
 */
export function gcLabels(children: readonly Descriptor[]): Map<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    children.map((child) => {
      const key = `containerd.io/gc.ref.content.${kindOf(child)}`;
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      return [key.endsWith('.') || count > 0 ? `${key}${count}` : key, child.digest];
    }),
  );
}

function kindOf({ mediaType }: Descriptor): string {
  if (isConfig(mediaType)) return 'config';
  if (isManifest(mediaType)) return 'm.';
  return isLayer(mediaType) ? 'l.' : '';
}

/** The label that says where a blob came from: `containerd.io/distribution.source.<host>`, without the port. */
export function sourceLabel(host: string): string {
  return `containerd.io/distribution.source.${host.replace(/:\d+$/, '')}`;
}

/** The label that keeps something from the collector for good, as ctr writes it: the value is the time. */
export function keptNow(): Map<string, string> {
  return new Map([['containerd.io/gc.root', formatRfc3339(timestampOf(Date.now()))]]);
}

import type { Descriptor } from './descriptor.js';
import { isConfig, isIndex, isManifest } from './media-types.js';

/** The name of a blob's way into a store, as `ctr content active` shows it (containerd, remotes.MakeRefKey). */
export function ingestRef({ mediaType, digest }: Pick<Descriptor, 'mediaType' | 'digest'>): string {
  if (isManifest(mediaType)) return `manifest-${digest}`;
  if (isIndex(mediaType)) return `index-${digest}`;
  return `${isConfig(mediaType) ? 'config' : 'layer'}-${digest}`;
}

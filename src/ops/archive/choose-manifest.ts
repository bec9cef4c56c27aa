import type { Client } from '../../client/client.js';
import type { Descriptor, Platform } from '../../oci/descriptor.js';
import { KindError } from '../../oci/errors.js';
import { isIndex } from '../../oci/media-types.js';
import type { PlatformMatcher } from '../../oci/platform-matcher.js';
import { BlobGraph } from '../blob-graph.js';

/** A manifest, and the blobs that it lists. */
export interface ChosenManifest {
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
}

/**
 * The manifest of an image that a platform runs (containerd, images.Manifest): where an index names no platform,
 * the config's counts.
 * @throws KindError 'not found' when there is none
 */
export async function chooseManifest(
  client: Client,
  target: Descriptor,
  matcher: PlatformMatcher,
): Promise<ChosenManifest> {
  const graph = new BlobGraph(client);
  if (!isIndex(target.mediaType)) return opened(graph, target);
  const fitting: { readonly manifest: ChosenManifest; readonly platform: Platform }[] = [];
  const search = async (index: Descriptor): Promise<void> => {
    for (const child of await graph.childrenOf(index)) {
      if (child.platform && !matcher.matches(child.platform)) continue;
      if (isIndex(child.mediaType)) await search(child);
      else {
        const manifest = await opened(graph, child);
        const platform = child.platform ?? (await graph.config(manifest.config)).platform;
        if (matcher.matches(platform)) fitting.push({ manifest, platform });
      }
    }
  };
  await search(target);
  const [best] = fitting.sort((a, b) => matcher.compare(a.platform, b.platform));
  if (!best)
    throw new KindError('not found', `no match for platform in manifest: ${target.digest}: not found`);
  return best.manifest;
}

async function opened(graph: BlobGraph, descriptor: Descriptor): Promise<ChosenManifest> {
  const [config, ...layers] = await graph.childrenOf(descriptor);
  if (!config) throw new KindError('not found', `manifest ${descriptor.digest}: not found`);
  return { config, layers };
}

import type { Client } from '../../client/client.js';
import type { ContentInfo } from '../../client/content.js';
import type { Descriptor } from '../../oci/descriptor.js';
import { KindError } from '../../oci/errors.js';
import { mediaTypes } from '../../oci/media-types.js';
import { decompressed } from '../archive/input.js';
import { storeUnknown } from '../archive/ingest-member.js';

/** Says what digest a layer's bytes had before compression. */
const uncompressedLabel = 'containerd.io/uncompressed';

const { ociForeignLayer } = mediaTypes;
const plainTypes: ReadonlyMap<string, string> = new Map([
  [mediaTypes.dockerLayerGzip, mediaTypes.dockerLayer],
  [mediaTypes.dockerLayerZstd, mediaTypes.dockerLayer],
  [mediaTypes.dockerForeignLayerGzip, mediaTypes.dockerForeignLayer],
  [mediaTypes.ociLayerGzip, mediaTypes.ociLayer],
  [mediaTypes.ociLayerZstd, mediaTypes.ociLayer],
  [`${ociForeignLayer}+gzip`, ociForeignLayer],
  [`${ociForeignLayer}+zstd`, ociForeignLayer],
]);

/** Whether the layer's type says that it is compressed. */
export function isCompressedLayer({ mediaType }: Descriptor): boolean {
  return plainTypes.has(mediaType);
}

/**
 * Stores a layer's bytes decompressed (Content.Read, Content.Write), as a stream. What comes out is verified where the
 * store knows its digest, which it learns otherwise (Content.Update).
 * @throws KindError naming the layer
 */
export async function uncompressLayer(
  client: Client,
  layer: Descriptor,
  info: ContentInfo,
  signal: AbortSignal,
): Promise<Descriptor> {
  const known = info.labels.get(uncompressedLabel);
  const labels = new Map(info.labels);
  labels.delete(uncompressedLabel);
  const bytes = decompressed(client.content.read(layer.digest, { signal }), `layer ${layer.digest}`);
  const { digest, size } = await storeUnknown({ client, bytes, size: 0n, labels, signal });
  if (known !== undefined && known !== digest) {
    throw new KindError(
      'data loss',
      `layer ${layer.digest} is damaged: it should hold ${known}, not ${digest}`,
    );
  }
  if (known === undefined) {
    const label = new Map([[uncompressedLabel, digest]]);
    await client.content.update(layer.digest, label, [`labels.${uncompressedLabel}`]);
  }
  return { ...layer, digest, size, mediaType: plainTypes.get(layer.mediaType) ?? layer.mediaType };
}

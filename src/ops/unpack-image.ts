import type { Client } from '../client/client.js';
import type { Digest } from '../oci/digest.js';
import { prefixed } from '../oci/errors.js';
import type { PlatformImage } from './image-for-platform.js';
import { unpack } from './unpack.js';

/** An image of the content store, to be made snapshots. */
export interface UnpackImageOptions {
  readonly client: Client;
  readonly snapshotter: string;
  readonly image: PlatformImage;
  readonly syncFs: boolean;
}

/** Unpacks an image that is in the content store; layers that are there already are skipped. Gives the chain ID. */
export async function unpackImage(options: UnpackImageOptions): Promise<Digest> {
  const { client, snapshotter, syncFs } = options;
  const { image, manifest, config } = options.image;
  try {
    return await unpack({
      client,
      snapshotter,
      config: manifest.config,
      layers: manifest.layers,
      diffIds: config.diffIds,
      syncFs,
    });
  } catch (error) {
    throw prefixed(`apply layer error for ${JSON.stringify(image.name)}`, error);
  }
}

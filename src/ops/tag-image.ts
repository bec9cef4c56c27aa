import type { Client } from '../client/client.js';
import { putImage } from './put-image.js';

/** Names an image once more. */
export async function tagImage(options: {
  readonly client: Client;
  readonly ref: string;
  readonly target: string;
  /** Take the name from another image. */
  readonly overwrite: boolean;
}): Promise<void> {
  const { client, ref, target, overwrite } = options;
  const source = await client.images.get(ref);
  const image = { name: target, labels: source.labels, target: source.target };
  if (overwrite) await putImage(client, image);
  else await client.images.create(image);
}

import type { Client } from '../client/client.js';
import { putImage } from './put-image.js';

/** Names an image once more. */
export async function tagImage(options: {
  readonly client: Client;
  readonly ref: string;
  readonly target: string;
  /** Take the name from another image. */
  readonly overwrite: boolean;
  /** ctr: the daemon's transfer service gives the new name none of the old one's labels. */
  readonly keepLabels: boolean;
}): Promise<void> {
  const { client, ref, target, overwrite, keepLabels } = options;
  const source = await client.images.get(ref);
  const image = {
    name: target,
    labels: keepLabels ? source.labels : new Map<string, string>(),
    target: source.target,
  };
  if (overwrite) await putImage(client, image);
  else await client.images.create(image);
}

import type { Client } from '../client/client.js';
import type { Image } from '../client/images.js';
import { hasKind } from '../oci/errors.js';

/** Names a descriptor: Images.Create, or Images.Update of target and labels where the name is taken. */
export async function putImage(client: Client, image: Image): Promise<Image> {
  try {
    return await client.images.create(image);
  } catch (error) {
    if (!hasKind(error, 'already exists')) throw error;
    return client.images.update(image, ['target', 'labels']);
  }
}

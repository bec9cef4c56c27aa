import type { Client } from '../client/client.js';
import type { Digest } from '../oci/digest.js';
import { KindError } from '../oci/errors.js';
import type { Reference } from '../oci/reference.js';
import type { Remote } from '../remotes/remote.js';
import { readBlob } from './read-blob.js';

/** A blob of the store, and where it shall go. */
export interface PushObjectOptions {
  readonly client: Client;
  readonly remote: Remote;
  readonly reference: Reference;
  readonly digest: Digest;
  /** What the registry is told that it is; it decides whether it is a manifest. */
  readonly mediaType: string;
  readonly signal: AbortSignal;
}

/**
 * Pushes one blob of the store (Content.Info, Content.Read) into a repository.
 * @throws KindError 'already exists' where the registry has it
 */
export async function pushObject(options: PushObjectOptions): Promise<void> {
  const { client, remote, reference, digest, mediaType, signal } = options;
  const { size } = await client.content.info(digest);
  const descriptor = { mediaType, digest, size, annotations: new Map<string, string>() };
  const pushed = await remote.push(reference, descriptor, () => readBlob(client, digest, signal), { signal });
  if (pushed === 'exists')
    throw new KindError('already exists', `content ${digest} on remote: already exists`);
}

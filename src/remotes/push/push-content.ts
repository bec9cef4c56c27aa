import { parseDigest } from '../../oci/digest.js';
import { isIndex, isManifest } from '../../oci/media-types.js';
import { type Reference, referenceHost } from '../../oci/reference.js';
import type { Endpoint } from '../endpoint.js';
import { RemoteError } from '../errors.js';
import { pushBlob } from './push-blob.js';
import { pushManifest } from './push-manifest.js';
import type { Pushed, PushRequest } from './push-request.js';

/**
 * The place that a registry's content is pushed to: the first of its hosts that takes pushes. No other is tried, as what
 * was meant for one registry must not end up in another.
 * @throws RemoteError 'not found'
 */
export function pushEndpoint(endpoints: readonly Endpoint[], reference: Reference): Endpoint {
  const endpoint = endpoints.find(({ host }) => host.capabilities.has('push'));
  if (endpoint) return endpoint;
  throw new RemoteError('not found', 'no push hosts: not found', {
    hint: `hosts.toml gives no host of ${referenceHost(reference)} the capability push`,
  });
}

/**
 * Pushes one content (containerd `dockerPusher.Push`), manifests to their name, everything else as a blob.
 * @throws RemoteError, NetworkError, what `open` threw, or the signal's reason
 */
export async function pushContent(request: PushRequest): Promise<Pushed> {
  const { mediaType, digest, size } = request.descriptor;
  // It goes into a URL: what a cast let through the type must not.
  parseDigest(digest);
  if (size < 0n || size > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new RemoteError('invalid argument', `invalid size ${size} of content ${digest}`);
  }
  return isManifest(mediaType) || isIndex(mediaType) ? pushManifest(request) : pushBlob(request);
}

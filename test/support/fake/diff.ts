import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { DiffDefinition } from '../../../src/gen/services/diff/v1/diff.js';
import { parseDigest } from '../../../src/oci/digest.js';
import { service, type FakeService } from './handlers.js';
import { notFound } from './refusal.js';
import type { State } from './state.js';

/** containerd.services.diff.v1.Diff: reads a layer and tells what is in it, but unpacks nothing. */
export function diff(state: State): FakeService {
  return service(DiffDefinition, {
    apply({ diff: layer }, { namespace }) {
      const digest = parseDigest(layer?.digest ?? '');
      const bytes = state.bytes.get(digest);
      if (!bytes || !state.read(namespace).blobs.has(digest)) {
        throw notFound(`failed to get reader from content store: content digest ${digest}: not found`);
      }
      const tar = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
      const diffId = state.diffIds.get(digest) ?? `sha256:${createHash('sha256').update(tar).digest('hex')}`;
      const mediaType = 'application/vnd.oci.image.layer.v1.tar';
      return { applied: { mediaType, digest: diffId, size: BigInt(tar.length), annotations: new Map() } };
    },
  });
}

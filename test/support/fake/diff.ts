import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DiffDefinition } from '../../../src/gen/services/diff/v1/diff.js';
import { parseDigest } from '../../../src/oci/digest.js';
import { service, type FakeService } from './handlers.js';
import { notFound, unimplemented } from './refusal.js';
import type { State } from './state.js';

/** containerd.services.diff.v1.Diff: reads a layer and tells what is in it, but unpacks nothing; packs an empty one. */
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
    diff({ mediaType, labels }, { namespace, lease }) {
      const tar = Buffer.alloc(1024);
      const layer = 'application/vnd.oci.image.layer.v1.tar';
      const packed = mediaType === `${layer}+gzip`;
      if (!packed && mediaType !== layer) {
        throw unimplemented(`unsupported diff media type: ${mediaType}: not implemented`);
      }
      const bytes = packed ? gzipSync(tar) : tar;
      const digest = digestOf(bytes);
      const bucket = state.write(namespace);
      state.keep(bucket, lease, { id: digest, type: 'content' });
      const now = state.clock();
      const uncompressed = ['containerd.io/uncompressed', digestOf(tar)] as const;
      state.bytes.set(digest, bytes);
      bucket.blobs.set(digest, {
        digest,
        size: BigInt(bytes.length),
        createdAt: now,
        updatedAt: now,
        labels: new Map([...labels, ...(packed ? [uncompressed] : [])]),
      });
      return { diff: { mediaType, digest, size: BigInt(bytes.length), annotations: new Map() } };
    },
  });
}

function digestOf(bytes: Buffer) {
  return parseDigest(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
}

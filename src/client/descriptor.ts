import type { Descriptor as Wire } from '../gen/types/descriptor.js';
import type { Descriptor } from '../oci/descriptor.js';
import { parseDigest } from '../oci/digest.js';

/** A descriptor from the wire. @throws KindError 'invalid argument' when its digest is none. */
export function fromWire(wire: Wire | undefined): Descriptor {
  return {
    mediaType: wire?.mediaType ?? '',
    digest: parseDigest(wire?.digest ?? ''),
    size: wire?.size ?? 0n,
    annotations: wire?.annotations ?? new Map(),
  };
}

/** A descriptor for the wire; platform and urls do not travel. */
export function toWire(descriptor: Descriptor): Wire {
  const { mediaType, digest, size, annotations } = descriptor;
  return { mediaType, digest, size, annotations };
}

import type { Descriptor } from '../../oci/descriptor.js';
import { ingestRef } from '../../oci/ingest-ref.js';
import { prefixError } from '../errors.js';

/** The error of bytes that were sent and not taken, in ctr's words: `failed commit on ref "layer-sha256:…": …`. */
export function commitError(descriptor: Descriptor, error: unknown): unknown {
  return prefixError(`failed commit on ref ${JSON.stringify(ingestRef(descriptor))}: `, error);
}

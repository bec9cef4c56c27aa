import type { Descriptor } from './descriptor.js';
import { decodeDescriptor, decodeDescriptors } from './descriptor-decode.js';
import { KindError } from './errors.js';
import { decodeImageDocument, type ImageDocument } from './image-document.js';
import { member, optionalStringMap } from './json-fields.js';
import { isManifest } from './media-types.js';

/** An image's manifest: OCI's, or docker's of schema 2. */
export interface Manifest {
  readonly mediaType: string;
  readonly config: Descriptor;
  /** The base first. */
  readonly layers: readonly Descriptor[];
  readonly annotations: ReadonlyMap<string, string>;
  /** The manifest that this one says something about (image-spec 1.1). */
  readonly subject?: Descriptor;
}

/**
 * Decodes and validates a manifest of at most 4 MiB (image-spec, manifest.md).
 * @throws KindError 'invalid argument', 'resource exhausted'
 */
export function decodeManifest(document: ImageDocument): Manifest {
  if (!isManifest(document.mediaType)) {
    throw new KindError('invalid argument', `${document.mediaType} is not a manifest's media type`);
  }
  const object = decodeImageDocument(document, ['manifests']);
  const subject = member(object, 'subject');
  return {
    mediaType: document.mediaType,
    config: decodeDescriptor(member(object, 'config'), 'config'),
    layers: decodeDescriptors(object, 'layers'),
    annotations: optionalStringMap(object, 'annotations'),
    ...(subject !== undefined && { subject: decodeDescriptor(subject, 'subject') }),
  };
}

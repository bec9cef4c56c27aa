import type { Descriptor } from './descriptor.js';
import { decodeDescriptor, decodeDescriptors } from './descriptor-decode.js';
import { KindError } from './errors.js';
import { decodeImageDocument, type ImageDocument } from './image-document.js';
import { member, optionalStringMap } from './json-fields.js';
import { isIndex } from './media-types.js';

/** An image index, or docker's manifest list. */
export interface ImageIndex {
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
  readonly annotations: ReadonlyMap<string, string>;
  /** The manifest that this index says something about (image-spec 1.1). */
  readonly subject?: Descriptor;
}

/**
 * Decodes and validates an index of at most 4 MiB and 10,000 manifests (image-spec, image-index.md).
 * @throws KindError 'invalid argument', 'resource exhausted'
 */
export function decodeIndex(document: ImageDocument): ImageIndex {
  if (!isIndex(document.mediaType)) {
    throw new KindError('invalid argument', `${document.mediaType} is not an index's media type`);
  }
  const object = decodeImageDocument(document, ['config', 'layers']);
  const subject = member(object, 'subject');
  return {
    mediaType: document.mediaType,
    manifests: decodeDescriptors(object, 'manifests'),
    annotations: optionalStringMap(object, 'annotations'),
    ...(subject !== undefined && { subject: decodeDescriptor(subject, 'subject') }),
  };
}

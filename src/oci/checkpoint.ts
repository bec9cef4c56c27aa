import type { Descriptor } from './descriptor.js';
import { KindError } from './errors.js';

const prefix = 'application/vnd.containerd.container.checkpoint';

/** The media types of what a checkpoint is made of. */
export const checkpointTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  /** The process, as criu wrote it. */
  criu: 'application/vnd.containerd.container.criu.checkpoint.criu.tar',
  /** The container's spec, in an envelope. */
  spec: `${prefix}.config.v1+proto`,
  /** What was asked of criu. */
  options: `${prefix}.options.v1+proto`,
  runtimeOptions: `${prefix}.runtime.options+proto`,
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** The annotations that a restored container is made from. */
export const checkpointAnnotations = {
  image: 'org.opencontainers.image.ref.name',
  runtime: 'io.containerd.checkpoint.runtime',
  snapshotter: 'io.containerd.checkpoint.snapshotter',
} as const;

/** A checkpoint's parts. */
export interface CheckpointIndex {
  readonly manifests: readonly Descriptor[];
  readonly annotations: ReadonlyMap<string, string>;
}

/** The part of that media type, the first one. @throws KindError 'not found' in ctr's words */
export function partOf({ manifests }: CheckpointIndex, mediaType: string): Descriptor {
  const found = manifests.find((each) => each.mediaType === mediaType);
  if (found) return found;
  const hint =
    mediaType === checkpointTypes.layer
      ? 'it was made without --rw: restore without --rw'
      : 'only what container checkpoint --task has made can be restored';
  throw new KindError('not found', 'media type not found', { hint });
}

/** An annotation that may not be empty. @throws KindError 'not found' in ctr's words */
export function annotationOf(
  { annotations }: CheckpointIndex,
  what: keyof typeof checkpointAnnotations,
): string {
  const value = annotations.get(checkpointAnnotations[what]) ?? '';
  if (value !== '') return value;
  const name = what === 'image' ? 'image name' : what;
  throw new KindError('not found', `${name} not found in index`, {
    hint: 'a checkpoint is what container checkpoint has made',
  });
}

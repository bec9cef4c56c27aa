/** Media types of images: the OCI image-spec's and those of docker's image manifest version 2, schema 2. */
export const mediaTypes = {
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar',
  ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
  ociForeignLayer: 'application/vnd.oci.image.layer.nondistributable.v1.tar',
  ociEmpty: 'application/vnd.oci.empty.v1+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerManifestV1: 'application/vnd.docker.distribution.manifest.v1+json',
  dockerSignedManifestV1: 'application/vnd.docker.distribution.manifest.v1+prettyjws',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar',
  dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  dockerLayerZstd: 'application/vnd.docker.image.rootfs.diff.tar.zstd',
  dockerForeignLayer: 'application/vnd.docker.image.rootfs.foreign.diff.tar',
  dockerForeignLayerGzip: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
} as const;

/** An image index, docker's manifest list included. */
export function isIndex(mediaType: string): boolean {
  return mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerIndex;
}

/** The manifest of one image. */
export function isManifest(mediaType: string): boolean {
  return mediaType === mediaTypes.ociManifest || mediaType === mediaTypes.dockerManifest;
}

/** Docker's manifests before schema 2, which containerd 2 no longer pulls. */
export function isSchema1(mediaType: string): boolean {
  return mediaType === mediaTypes.dockerManifestV1 || mediaType === mediaTypes.dockerSignedManifestV1;
}

/** An image's config; not that of an artifact. */
export function isConfig(mediaType: string): boolean {
  return mediaType === mediaTypes.ociConfig || mediaType === mediaTypes.dockerConfig;
}

/** A layer, whatever its compression, foreign ones included (containerd `images.IsLayerType`). */
export function isLayer(mediaType: string): boolean {
  return (
    mediaType.startsWith('application/vnd.oci.image.layer.') ||
    /^application\/vnd\.docker\.image\.rootfs\.(?:foreign\.)?diff\.tar(?:\.(?:gzip|zstd))?$/.test(
      baseType(mediaType),
    )
  );
}

/** A layer that may not be passed on, and is fetched from its own URLs (containerd `images.IsNonDistributable`). */
export function isForeignLayer(mediaType: string): boolean {
  return (
    mediaType.startsWith('application/vnd.oci.image.layer.nondistributable.') ||
    mediaType.startsWith('application/vnd.docker.image.rootfs.foreign.')
  );
}

/** How a layer of this type is compressed; undefined if the type does not say or is no layer's. */
export function layerCompression(mediaType: string): 'none' | 'gzip' | 'zstd' | undefined {
  if (!isLayer(mediaType)) return undefined;
  const suffix = /\.tar(?:[.+]([a-z0-9]+))?$/.exec(baseType(mediaType));
  if (!suffix) return undefined;
  if (suffix[1] === undefined) return 'none';
  return suffix[1] === 'gzip' || suffix[1] === 'zstd' ? suffix[1] : undefined;
}

/** The type without the suffixes that tell of encryption, `+encrypted`. */
function baseType(mediaType: string): string {
  return mediaType.replace(/\+encrypted$/, '');
}

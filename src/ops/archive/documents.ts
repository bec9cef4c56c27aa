import type { Descriptor, Platform } from '../../oci/descriptor.js';
import { mediaTypes } from '../../oci/media-types.js';
import { formatJson, type JsonObject } from '../../output/json.js';

/** The text of oci-layout (image-spec, image-layout.md). */
export const layoutDocument = '{"imageLayoutVersion":"1.0.0"}';

/** An index as Go's image-spec types are written. */
export function indexDocument(
  manifests: readonly Descriptor[],
  { typed }: { readonly typed: boolean },
): Uint8Array {
  return encode({
    schemaVersion: 2n,
    mediaType: typed ? mediaTypes.ociIndex : undefined,
    manifests: manifests.length === 0 ? null : manifests.map(descriptorObject),
  });
}

/** The manifest that an import writes for an image of a docker archive, which has none of its own. */
export function dockerManifestDocument(config: Descriptor, layers: readonly Descriptor[]): Uint8Array {
  return encode({
    schemaVersion: 2n,
    mediaType: mediaTypes.dockerManifest,
    config: descriptorObject(config),
    layers: layers.map(descriptorObject),
  });
}

/** One image of a docker archive. */
export interface DockerEntry {
  readonly config: string;
  readonly repoTags: readonly string[];
  readonly layers: readonly string[];
}

/** docker's manifest.json. */
export function dockerIndexDocument(entries: readonly DockerEntry[]): Uint8Array {
  return encode(
    entries.map(({ config, repoTags, layers }) => ({
      Config: config,
      RepoTags: repoTags.length === 0 ? null : repoTags,
      Layers: layers.length === 0 ? null : layers,
    })),
  );
}

function encode(value: JsonObject | readonly JsonObject[]): Uint8Array {
  return Buffer.from(formatJson(value));
}

function descriptorObject(descriptor: Descriptor): JsonObject {
  const { mediaType, digest, size, urls, annotations, platform } = descriptor;
  return {
    mediaType,
    digest,
    size,
    urls,
    annotations: annotations.size === 0 ? undefined : annotations,
    platform: platform && platformObject(platform),
  };
}

function platformObject({ os, architecture, variant, osVersion, osFeatures }: Platform): JsonObject {
  return { architecture, os, 'os.version': osVersion, 'os.features': osFeatures, variant };
}

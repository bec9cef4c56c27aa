import { createCipheriv, createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Descriptor } from '../../../src/oci/descriptor.js';
import { parseDigest } from '../../../src/oci/digest.js';

/** Bytes with the type that a registry serves them as. */
export interface StoredContent {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/** An image with everything that a registry must hold for it. */
export interface BuiltImage {
  readonly manifest: Descriptor;
  readonly manifestBytes: Buffer;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  /** By digest. */
  readonly contents: ReadonlyMap<string, StoredContent>;
}

export const ociManifest = 'application/vnd.oci.image.manifest.v1+json';
export const ociIndex = 'application/vnd.oci.image.index.v1+json';
export const ociConfig = 'application/vnd.oci.image.config.v1+json';
export const ociLayer = 'application/vnd.oci.image.layer.v1.tar+gzip';

/** Bytes that no other seed has: what stores share by digest must not hide a fault. */
export function seededBytes(seed: string, size: number): Buffer {
  const key = createHash('sha256').update(seed).digest();
  return createCipheriv('aes-256-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** A descriptor of bytes. */
export function describe(bytes: Uint8Array, mediaType: string): Descriptor {
  const digest = parseDigest(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  return { mediaType, digest, size: BigInt(bytes.length), annotations: new Map() };
}

/** A tar archive of one file, POSIX ustar. */
export function tarOf(name: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'utf8');
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write('0', 156);
  header.write('ustar\u000000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([
    header,
    content,
    Buffer.alloc((512 - (content.length % 512)) % 512),
    Buffer.alloc(1024),
  ]);
}

interface ImageOptions {
  readonly seed: string;
  /** Bytes of the one file in each layer. */
  readonly layerSizes?: readonly number[];
  readonly architecture?: string;
}

/** Builds an OCI image: layers, config, manifest. */
export function buildImage({ seed, layerSizes = [1000], architecture = 'amd64' }: ImageOptions): BuiltImage {
  const contents = new Map<string, StoredContent>();
  const store = (bytes: Buffer, mediaType: string) => {
    const descriptor = describe(bytes, mediaType);
    contents.set(descriptor.digest, { mediaType, bytes });
    return descriptor;
  };
  const tars = layerSizes.map((size, index) => tarOf(`file-${index}`, seededBytes(`${seed}/${index}`, size)));
  const layers = tars.map((tar) => store(gzipSync(tar, { level: 1 }), ociLayer));
  const diffIds = tars.map((tar) => describe(tar, '').digest);
  const config = store(
    json({
      architecture,
      os: 'linux',
      config: { Env: [`SEED=${seed}`] },
      rootfs: { type: 'layers', diff_ids: diffIds },
    }),
    ociConfig,
  );
  const manifestBytes = json({
    schemaVersion: 2,
    mediaType: ociManifest,
    config: plain(config),
    layers: layers.map(plain),
  });
  return { manifest: store(manifestBytes, ociManifest), manifestBytes, config, layers, contents };
}

/** Builds an index over images, one per platform. */
export function buildIndex(
  images: readonly (readonly [architecture: string, image: BuiltImage])[],
): StoredContent {
  const manifests = images.map(([architecture, { manifest }]) => ({
    ...plain(manifest),
    platform: { os: 'linux', architecture },
  }));
  return { mediaType: ociIndex, bytes: json({ schemaVersion: 2, mediaType: ociIndex, manifests }) };
}

/** Compact JSON as bytes. */
export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

function plain({ mediaType, digest, size }: Descriptor) {
  return { mediaType, digest, size: Number(size) };
}

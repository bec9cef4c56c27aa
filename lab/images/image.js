import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { pushBlob, pushManifest } from './registry.js';
import { EPOCH, tar } from './tar.js';

/** Docker Hub serves both families, so the lab does too. */
const MEDIA_TYPES = {
  oci: {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
};

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };

/** The machine's own platform: the one whose busybox the images hold. */
export const HOST_PLATFORM = platformOf(ARCHITECTURES[process.arch] ?? process.arch);

/** @param {string} architecture */
export function platformOf(architecture) {
  return { architecture, os: 'linux', ...(architecture === 'arm64' ? { variant: 'v8' } : {}) };
}

/**
 * @typedef {object} Image
 * @property {'oci' | 'docker'} [family] of its media types
 * @property {Iterable<import('./tar.js').Entry>[]} layers
 * @property {object} config the runtime part of the image's config (Env, Cmd, …)
 * @property {{ architecture: string, os: string, variant?: string }} [platform]
 * @property {boolean} [packed] compressed; gzip only wraps the layers of the others, which are unpacked thousands of times
 */

/**
 * Pushes the layers, the config and the manifest.
 * @param {import('./registry.js').Repository} repository
 * @param {Image} image
 * @param {string} [tag]
 */
export async function pushImage(repository, image, tag) {
  const types = MEDIA_TYPES[image.family ?? 'oci'];
  const layers = [];
  for (const entries of image.layers) layers.push(await pushLayer(repository, entries, image.packed));
  const config = Buffer.from(JSON.stringify(imageConfig(image, layers)));
  const manifest = {
    schemaVersion: 2,
    mediaType: types.manifest,
    config: { mediaType: types.config, ...(await pushBlob(repository, [config])) },
    layers: layers.map(({ digest, size }) => ({ mediaType: types.layer, digest, size })),
  };
  return { ...(await pushManifest(repository, manifest, tag)), platform: image.platform ?? HOST_PLATFORM };
}

/** Pushes one image for several platforms. @param {Image[]} images */
export async function pushIndex(repository, images, tag) {
  const manifests = [];
  for (const image of images) manifests.push(await pushImage(repository, image));
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  return pushManifest(repository, { schemaVersion: 2, mediaType, manifests }, tag);
}

async function pushLayer(repository, entries, packed = false) {
  const diff = createHash('sha256');
  function* hashed() {
    for (const chunk of tar(entries)) {
      diff.update(chunk);
      yield chunk;
    }
  }
  // The fast level: large layers are made while somebody waits.
  const level = packed ? 1 : 0;
  const gzip = Readable.from(hashed(), { objectMode: false }).pipe(createGzip({ level }));
  const blob = await pushBlob(repository, gzip);
  return { ...blob, diffID: `sha256:${diff.digest('hex')}` };
}

function imageConfig({ platform = HOST_PLATFORM, config }, layers) {
  return {
    created: EPOCH.toISOString(),
    ...platform,
    config,
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffID) },
    history: layers.map((_, position) => ({
      created: EPOCH.toISOString(),
      created_by: `the lab's layer ${position + 1}`,
    })),
  };
}

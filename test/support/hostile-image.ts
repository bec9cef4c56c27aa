import { gzipSync } from 'node:zlib';
import { packTar, type TarEntry } from 'modern-tar';
import { lab } from './lab.js';
import { describe, json, ociConfig, ociLayer, ociManifest, type StoredContent } from './registry/content.js';
import type { TestRegistry } from './registry/registry.js';

/** What an image has beside the lab's busybox, whose layer is its first one. */
export interface Poison {
  /** Files of a second layer. */
  readonly files?: readonly TarEntry[];
  /** Members of the config's `config`. */
  readonly config?: Readonly<Record<string, unknown>>;
}

/** A file of a layer. */
export const file = (name: string, body: string | Uint8Array): TarEntry => ({
  header: { name, type: 'file', size: Buffer.byteLength(body), mode: 0o644 },
  body,
});

/** A link, a FIFO, a folder or a device of a layer. */
export const special = (
  name: string,
  type: 'symlink' | 'fifo' | 'directory' | 'character-device',
  linkname = '',
): TarEntry => ({
  header: { name, type, size: 0, mode: 0o755, ...(linkname === '' ? {} : { linkname }) },
});

interface Base {
  readonly architecture: string;
  readonly diffIds: readonly string[];
  readonly layers: readonly { readonly digest: string; readonly size: number; readonly bytes: Buffer }[];
  readonly env: unknown;
}

/** The lab's busybox, to build upon. */
export async function fetchBase(): Promise<Base> {
  const url = `http://${lab().registry}/v2/library/busybox`;
  const get = async (path: string): Promise<Buffer> => {
    const response = await fetch(`${url}/${path}`, { headers: { accept: ociManifest } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const manifest = JSON.parse((await get('manifests/latest')).toString()) as {
    config: { digest: string };
    layers: { digest: string; size: number }[];
  };
  const config = JSON.parse((await get(`blobs/${manifest.config.digest}`)).toString()) as {
    architecture: string;
    rootfs: { diff_ids: string[] };
    config?: { Env?: unknown };
  };
  const layers = manifest.layers.map(async (layer) => ({
    ...layer,
    bytes: await get(`blobs/${layer.digest}`),
  }));
  return {
    architecture: config.architecture,
    diffIds: config.rootfs.diff_ids,
    layers: await Promise.all(layers),
    env: config.config?.Env,
  };
}

/** Builds an image and puts it into a registry; gives its reference. */
export async function pushHostile(
  registry: TestRegistry,
  base: Base,
  name: string,
  { files = [], config = {} }: Poison,
): Promise<string> {
  const put = (key: string, bytes: Buffer, mediaType: string): void =>
    registry.put(name, key, { bytes, mediaType } satisfies StoredContent);
  const store = (bytes: Buffer, mediaType: string) => {
    const { digest } = describe(bytes, mediaType);
    put(digest, bytes, mediaType);
    return { mediaType, digest, size: bytes.length };
  };
  const tar = Buffer.from(await packTar([...files]));
  const extra = files.length === 0 ? [] : [store(gzipSync(tar, { level: 1 }), ociLayer)];
  const layers = [...base.layers.map(({ bytes }) => store(bytes, ociLayer)), ...extra];
  const diffIds = [...base.diffIds, ...extra.map(() => describe(tar, '').digest)];
  const { architecture, env } = base;
  const document = {
    architecture,
    os: 'linux',
    config: { Env: env, Cmd: ['sh'], ...config },
    rootfs: { type: 'layers', diff_ids: diffIds },
  };
  const manifest = json({
    schemaVersion: 2,
    mediaType: ociManifest,
    config: store(json(document), ociConfig),
    layers,
  });
  store(manifest, ociManifest);
  put('latest', manifest, ociManifest);
  return `${registry.host}/${name}:latest`;
}

import { createHash } from 'node:crypto';
import { lab } from './lab.js';

/** The digests of one of the lab's images. */
export interface LabImage {
  /** Of its manifest, which is what its name leads to. */
  readonly manifest: string;
  readonly config: string;
  /** Of its first layer. */
  readonly layer: string;
  /** The chain IDs of its layers, the base first. */
  readonly chain: readonly string[];
}

/** Asks the lab's registry for an image of one platform; all are made anew for each lab. */
export async function labImage(name = 'busybox:latest'): Promise<LabImage> {
  const accept = [
    'application/vnd.oci.image.manifest.v1+json',
    'application/vnd.docker.distribution.manifest.v2+json',
  ].join(',');
  const base = `http://${lab().registry}/v2/library/${name.split(':')[0]}`;
  const manifest = await read(`${base}/manifests/${name.split(':')[1]}`, accept);
  const { config, layers } = JSON.parse(manifest.toString()) as {
    config: { digest: string };
    layers: { digest: string }[];
  };
  const { rootfs } = JSON.parse((await read(`${base}/blobs/${config.digest}`, '*/*')).toString()) as {
    rootfs: { diff_ids: string[] };
  };
  const chain: string[] = [];
  for (const diffId of rootfs.diff_ids) {
    const below = chain.at(-1);
    chain.push(below === undefined ? diffId : digestOf(`${below} ${diffId}`));
  }
  const layer = layers[0]?.digest ?? '';
  return { manifest: digestOf(manifest), config: config.digest, layer, chain };
}

async function read(url: string, accept: string): Promise<Buffer> {
  const answer = await fetch(url, { headers: { accept } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

function digestOf(content: string | Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

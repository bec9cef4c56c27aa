import { lab } from '../lab.js';

/** The digests of an image of the lab's registry: of its manifest, its config and its one layer. */
export interface LabImage {
  readonly manifest: string;
  readonly config: string;
  readonly layer: string;
}

/** Asks the lab's registry for busybox, which is made anew for each lab. */
export async function labImage(): Promise<LabImage> {
  const url = `http://${lab().registry}/v2/library/busybox/manifests/latest`;
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  const answer = await fetch(url, { headers: { accept } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const { config, layers } = (await answer.json()) as {
    config: { digest: string };
    layers: { digest: string }[];
  };
  const manifest = answer.headers.get('docker-content-digest') ?? '';
  return { manifest, config: config.digest, layer: layers[0]?.digest ?? '' };
}

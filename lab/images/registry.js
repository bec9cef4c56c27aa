import { createHash } from 'node:crypto';

/**
 * A repository of a registry that speaks plain HTTP (OCI distribution spec 1.1).
 * @typedef {object} Repository
 * @property {string} registry host:port
 * @property {string} name
 */

/** @param {Repository} repository @param {string} path */
const url = ({ registry, name }, path) => `http://${registry}/v2/${name}/${path}`;

async function call(address, options, expected) {
  const response = await fetch(address, options);
  const body = await response.text();
  if (response.status === expected) return response;
  throw new Error(`${options.method} ${address}: ${response.status} ${body.trim()}`);
}

/**
 * Uploads a blob whose digest is known only at its end.
 * @param {Repository} repository
 * @param {AsyncIterable<Uint8Array> | Iterable<Uint8Array>} chunks
 * @returns {Promise<{ digest: string, size: number }>}
 */
export async function pushBlob(repository, chunks) {
  const hash = createHash('sha256');
  let size = 0;
  async function* counted() {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  }
  const session = await call(url(repository, 'blobs/uploads/'), { method: 'POST' }, 202);
  const patch = { method: 'PATCH', body: ReadableStream.from(counted()), duplex: 'half' };
  const uploaded = await call(session.headers.get('location'), patch, 202);
  const digest = `sha256:${hash.digest('hex')}`;
  const target = new URL(uploaded.headers.get('location'));
  target.searchParams.set('digest', digest);
  await call(target, { method: 'PUT' }, 201);
  return { digest, size };
}

/**
 * @param {Repository} repository
 * @param {{ mediaType: string }} manifest a manifest or an index
 * @param {string} [tag] the manifest's own digest if absent
 * @returns {Promise<{ mediaType: string, digest: string, size: number }>} its descriptor
 */
export async function pushManifest(repository, manifest, tag) {
  const body = Buffer.from(JSON.stringify(manifest));
  const digest = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const headers = { 'content-type': manifest.mediaType };
  await call(url(repository, `manifests/${tag ?? digest}`), { method: 'PUT', headers, body }, 201);
  return { mediaType: manifest.mediaType, digest, size: body.length };
}

/** @param {Repository} repository @param {string} tag */
export async function hasManifest(repository, tag) {
  const accept = 'application/vnd.oci.image.manifest.v1+json';
  const response = await fetch(url(repository, `manifests/${tag}`), { method: 'HEAD', headers: { accept } });
  return response.status === 200;
}

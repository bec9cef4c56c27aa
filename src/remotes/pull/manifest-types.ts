const manifests: ReadonlySet<string> = new Set([
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
]);
const indexes: ReadonlySet<string> = new Set([
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.index.v1+json',
]);
const schema1: ReadonlySet<string> = new Set([
  'application/vnd.docker.distribution.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
  // containerd: registry.access.redhat.com says this of its schema 1 manifests.
  'text/plain',
]);

/** The Accept of ctr's resolver, in its order. */
export const acceptManifests =
  'application/vnd.docker.distribution.manifest.v2+json, application/vnd.docker.distribution.manifest.list.v2+json, ' +
  'application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json, */*';

/** Tells whether a type is served below `/manifests/`. */
export function isManifestType(mediaType: string): boolean {
  return manifests.has(mediaType) || indexes.has(mediaType);
}

/** Docker's first manifest format, which containerd dropped in 2.0. */
export function isSchema1(mediaType: string): boolean {
  return schema1.has(mediaType);
}

/** Tells whether an answer is a web page: of a captive portal, a proxy or a login form. */
export function isWebPage(mediaType: string): boolean {
  return mediaType === 'text/html' || mediaType === 'application/xhtml+xml';
}

/**
 * The type that a manifest's bytes claim or have by their fields; undefined if they are no JSON object.
 */
export function sniffMediaType(bytes: Uint8Array): string | undefined {
  const fields = parseObject(bytes);
  if (fields === undefined) return undefined;
  const claimed = fields.get('mediaType');
  if (typeof claimed === 'string' && claimed !== '') return claimed;
  if (fields.has('manifests')) return 'application/vnd.oci.image.index.v1+json';
  return fields.has('config') || fields.has('layers') ? 'application/vnd.oci.image.manifest.v1+json' : '';
}

/**
 * Finds what makes a manifest readable in two ways (CVE-2021-41190), or unfit as the type that it was announced as.
 * Undefined if nothing does.
 */
export function findConfusion(bytes: Uint8Array, mediaType: string): string | undefined {
  if (!isManifestType(mediaType)) return undefined;
  const fields = parseObject(bytes);
  if (fields === undefined) return 'manifest is no JSON object';
  const claimed = fields.get('mediaType');
  if (claimed !== undefined && claimed !== '' && claimed !== mediaType) {
    return `manifest says it is ${JSON.stringify(claimed)} but came as ${JSON.stringify(mediaType)}`;
  }
  if (fields.has('fsLayers')) return 'manifest has the fields of docker schema 1';
  const isIndex = indexes.has(mediaType);
  if (isIndex && (fields.has('config') || fields.has('layers'))) return 'expected index but found manifest';
  if (!isIndex && fields.has('manifests')) return 'expected manifest but found index';
  if (fields.get('schemaVersion') !== 2) return 'manifest has a schemaVersion other than 2';
  return undefined;
}

function parseObject(bytes: Uint8Array): ReadonlyMap<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    );
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new Map(Object.entries(value));
  } catch {
    // No JSON or no UTF-8: told to the caller as undefined.
    return undefined;
  }
}

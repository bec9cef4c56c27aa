import { createHash } from 'node:crypto';

/** A member of a tar archive, as wrong as a test wants it. */
export interface Member {
  readonly name: string;
  readonly content?: string | Uint8Array;
  /** tar's type flag: `0` a file (the default), `1` a hard link, `2` a symbolic one, `5` a folder, `x` PAX records. */
  readonly type?: string;
  readonly target?: string;
  /** What the header says, where that is not the content's length; the field is 12 bytes wide. */
  readonly sizeField?: string | Uint8Array;
  /** What the header's check sum is off by. */
  readonly checksumOff?: number;
}

/** A tar archive with these members, and an end mark unless `open`. */
export function tar(members: readonly Member[], { open = false } = {}): Buffer {
  return Buffer.concat([...members.map(block), ...(open ? [] : [Buffer.alloc(1024)])]);
}

function block(member: Member): Buffer {
  const { name, content = '', type = '0', target = '', checksumOff = 0 } = member;
  const bytes = Buffer.from(content as string);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  const size = member.sizeField ?? bytes.length.toString(8).padStart(11, '0');
  header.set(typeof size === 'string' ? Buffer.from(size) : size, 124);
  header.write('00000000000\0', 136);
  header.write('        ', 148);
  header.write(type, 156);
  header.write(target, 157, 100);
  header.write('ustar\u000000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0) + checksumOff;
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}

/** The sha256 digest's hex part. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** A layer with one file; plain ASCII, so that an archive of it can be a text. */
export function layerOf(text: string): Buffer {
  return tar([{ name: 'file', content: text }]);
}

/** The config of an image with these layers. */
export function configOf(layers: readonly Uint8Array[], architecture = 'amd64'): string {
  return JSON.stringify({
    architecture,
    os: 'linux',
    config: { Cmd: ['/bin/true'] },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => `sha256:${sha256(layer)}`) },
  });
}

/** What can be changed of {@link dockerArchive}. */
export interface DockerOptions {
  readonly tags?: readonly string[] | null;
  readonly text?: string;
  readonly architecture?: string;
  /** Two layers, of which the second is a link to the first one's file. */
  readonly linked?: boolean;
  readonly manifest?: unknown;
  readonly more?: readonly Member[];
}

/** What `docker save` of old writes. */
export function dockerArchive(options: DockerOptions = {}): Buffer {
  const { tags = ['busybox:docker'], text = 'hello\n', architecture, linked = false, more = [] } = options;
  const layer = layerOf(text);
  const config = configOf(linked ? [layer, layer] : [layer], architecture);
  const configName = `${sha256(config)}.json`;
  const layers = linked ? ['one/layer.tar', 'two/layer.tar'] : ['one/layer.tar'];
  const manifest = options.manifest ?? [{ Config: configName, RepoTags: tags, Layers: layers }];
  return tar([
    { name: 'one/', type: '5' },
    { name: 'one/VERSION', content: '1.0' },
    { name: 'one/layer.tar', content: layer },
    ...(linked ? [{ name: 'two/layer.tar', type: '2', target: '../one/layer.tar' }] : []),
    { name: configName, content: config },
    ...more,
    { name: 'manifest.json', content: JSON.stringify(manifest) },
  ]);
}

const types = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  foreign: 'application/vnd.oci.image.layer.nondistributable.v1.tar',
};

/** A descriptor of a content. */
export function describe(mediaType: string, content: string | Uint8Array, more: object = {}): object {
  return {
    mediaType,
    digest: `sha256:${sha256(content)}`,
    size: Buffer.byteLength(content),
    ...more,
  };
}

/** The parts of an OCI layout with one image, each to be left out, doubled or replaced. */
export interface OciParts {
  readonly layout: Member;
  readonly index: Member;
  readonly manifest: Member;
  readonly config: Member;
  readonly layer: Member;
}

/** An OCI layout whose image's second layer is foreign: it is somebody else's to give out. */
export function foreignArchive(name: string, { lacking = false } = {}): Buffer {
  const [layer, foreign] = [layerOf('ours\n'), layerOf('theirs\n')];
  const config = configOf([layer, foreign]);
  const urls = ['https://layers.example.com/theirs'];
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: describe(types.config, config),
    layers: [describe(types.layer, layer), describe(types.foreign, foreign, { urls })],
  });
  const annotations = { 'io.containerd.image.name': name };
  return tar([
    { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    { name: 'index.json', content: indexOf([describe(types.manifest, manifest, { annotations })]) },
    ...[manifest, config, layer, ...(lacking ? [] : [foreign])].map(blob),
  ]);
}

/** An OCI layout's members. The image is called by `name`, in full or by its tag alone. */
export function ociParts(options: {
  readonly text: string;
  readonly name?: string;
  readonly tag?: string;
}): OciParts {
  const layer = layerOf(options.text);
  const config = configOf([layer]);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: describe(types.config, config),
    layers: [describe(types.layer, layer)],
  });
  const annotations = {
    ...(options.name === undefined ? {} : { 'io.containerd.image.name': options.name }),
    ...(options.tag === undefined ? {} : { 'org.opencontainers.image.ref.name': options.tag }),
  };
  return {
    layout: { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
    index: { name: 'index.json', content: indexOf([describe(types.manifest, manifest, { annotations })]) },
    manifest: blob(manifest),
    config: blob(config),
    layer: blob(layer),
  };
}

/** An index's text. */
export function indexOf(manifests: readonly object[]): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: types.index, manifests });
}

/** A blob where its digest says. */
export function blob(content: string | Uint8Array): Member {
  return { name: `blobs/sha256/${sha256(content)}`, content };
}

/** A whole OCI layout. */
export function ociArchive(options: Parameters<typeof ociParts>[0]): Buffer {
  return tar(Object.values(ociParts(options)) as Member[]);
}

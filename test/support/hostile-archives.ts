import { gzipSync } from 'node:zlib';
import {
  blob,
  configOf,
  describe,
  dockerArchive,
  indexOf,
  layerOf,
  ociParts,
  tar,
  type Member,
  type OciParts,
} from './archive.js';

/** An archive that cannot be imported: what is wrong, the bytes, and what the message has to say. */
export type Hostile = readonly [name: string, bytes: (seed: string) => Buffer, says: RegExp];

const name = 'docker.io/library/hostile:1';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';
const configType = 'application/vnd.oci.image.config.v1+json';
const layerType = 'application/vnd.oci.image.layer.v1.tar';

/** An OCI layout with a part changed, or left out. */
const layout =
  (change: (parts: OciParts, seed: string) => Partial<Record<keyof OciParts, Member | undefined>>) =>
  (seed: string): Buffer => {
    const parts = ociParts({ text: seed, name });
    return tar(Object.values({ ...parts, ...change(parts, seed) }).filter((part) => part !== undefined));
  };
const index = (content: string): ((seed: string) => Buffer) =>
  layout(() => ({ index: { name: 'index.json', content } }));

/** A layout whose index and manifest are right about each other. */
const manifest =
  (make: (seed: string) => { readonly manifest: object; readonly blobs: readonly Member[] }) =>
  (seed: string): Buffer => {
    const { manifest: object, blobs } = make(seed);
    const text = JSON.stringify(object);
    const annotations = { 'io.containerd.image.name': name };
    return tar([
      { name: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
      { name: 'index.json', content: indexOf([describe(manifestType, text, { annotations })]) },
      blob(text),
      ...blobs,
    ]);
  };
const named = (imageName: string) => (seed: string) => {
  const parts = ociParts({ text: seed, name: imageName });
  return tar(Object.values(parts) as Member[]);
};
const octal = (size: number): string => size.toString(8).padStart(11, '0');
const gigabytes = 2 * 1024 ** 3;
const whole = (seed: string): Buffer => dockerArchive({ text: seed, tags: [name] });

/** Damaged and unreadable files. */
const damaged: readonly Hostile[] = [
  ['an empty file', () => Buffer.alloc(0), /unrecognized image format|unexpected EOF/],
  ['a text', () => Buffer.from('this is no archive, however long it may be. '.repeat(40)), /tar|EOF/],
  ['an archive of nothing', () => tar([]), /unrecognized image format/],
  ['a cut blob', (seed) => whole(seed).subarray(0, 2600), /unexpected EOF/],
  ['a cut header', (seed) => whole(seed).subarray(0, 700), /unexpected EOF/],
  ['a cut gzip stream', (seed) => gzipSync(whole(seed)).subarray(0, 300), /EOF/],
  ['gzip of a text', () => gzipSync('this is no archive'.repeat(99)), /tar|EOF/],
  [
    'gzip with a damaged body',
    (seed) => {
      const bytes = gzipSync(whole(seed));
      return bytes.fill(0xa5, 40, 90);
    },
    /decompress|flate|gzip|tar|EOF|invalid/,
  ],
  [
    'a header with a wrong check sum',
    (seed) => tar([{ name: 'a', content: seed, checksumOff: 1 }]),
    /invalid tar header/,
  ],
  [
    'a member of negative size',
    () => tar([{ name: 'a', sizeField: Buffer.alloc(12, 0xff) }]),
    /invalid tar header|EOF|size/,
  ],
  [
    'a member of eight exbibytes',
    () => tar([{ name: 'a', sizeField: Buffer.from('800000007fffffffffffffff', 'hex') }]),
    /invalid tar header|EOF|too large|ingest/,
  ],
  [
    'a record of names without end',
    () => tar([{ name: 'a', type: 'x', sizeField: octal(gigabytes) }]),
    /invalid tar header|EOF|too large|too long|maximum|header/,
  ],
];

/** Layouts that say wrong things of themselves. */
const layouts: readonly Hostile[] = [
  [
    'a layout that is no JSON',
    layout(() => ({ layout: { name: 'oci-layout', content: '{' } })),
    /oci-layout/,
  ],
  [
    'a layout from the future',
    layout(() => ({ layout: { name: 'oci-layout', content: '{"imageLayoutVersion":"9.9"}' } })),
    /unsupported OCI version 9\.9/,
  ],
  ['no index', layout(() => ({ index: undefined })), /missing index\.json/],
  ['an index that is no JSON', index('not JSON'), /index\.json|invalid character/],
  ['an index that is null', index('null'), /index\.json|filtered out/],
  ['an index of nothing', index(indexOf([])), /filtered out/],
  [
    'an index that points to nothing',
    index(
      indexOf([describe(manifestType, 'nothing', { annotations: { 'io.containerd.image.name': name } })]),
    ),
    /not found/,
  ],
  ['no manifest', layout(() => ({ manifest: { name: 'nothing' } })), /not found/],
  ['no config', layout(() => ({ config: { name: 'nothing' } })), /not found/],
  ['no layer', layout(() => ({ layer: { name: 'nothing' } })), /not found/],
  [
    'a blob with other bytes than its name says',
    layout(({ layer }, seed) => ({ layer: { name: layer.name, content: `${seed} is another` } })),
    /digest|not found/,
  ],
  [
    'a layer that is no archive',
    manifest((seed) => {
      const layer = Buffer.from(`${seed} is no layer`.repeat(100));
      const config = configOf([layer]);
      return {
        manifest: {
          schemaVersion: 2,
          mediaType: manifestType,
          config: describe(configType, config),
          layers: [describe(layerType, layer)],
        },
        blobs: [blob(config), blob(layer)],
      };
    }),
    /apply layer|extract|tar/,
  ],
  [
    'a layer of another digest than the config says',
    manifest((seed) => {
      const layer = layerOf(seed);
      const config = configOf([layerOf(`not ${seed}`)]);
      return {
        manifest: {
          schemaVersion: 2,
          mediaType: manifestType,
          config: describe(configType, config),
          layers: [describe(layerType, layer)],
        },
        blobs: [blob(config), blob(layer)],
      };
    }),
    /wrong diff id|diff/,
  ],
  [
    'a manifest with more layers than the config knows',
    manifest((seed) => {
      const layer = layerOf(seed);
      const config = configOf([]);
      return {
        manifest: {
          schemaVersion: 2,
          mediaType: manifestType,
          config: describe(configType, config),
          layers: [describe(layerType, layer)],
        },
        blobs: [blob(config), blob(layer)],
      };
    }),
    /number of layers|mismatched|diffs/,
  ],
];

/** Archives of docker's that lead astray. */
const dockers: readonly Hostile[] = [
  [
    'a config outside',
    (seed) =>
      dockerArchive({ text: seed, manifest: [{ Config: '../../etc/passwd', RepoTags: [name], Layers: [] }] }),
    /image config "\.\.\/\.\.\/etc\/passwd" not found/,
  ],
  [
    'a list that is no list',
    (seed) => dockerArchive({ text: seed, manifest: { Config: 'x' } }),
    /manifest\.json/,
  ],
  ['a tag that is no name', (seed) => dockerArchive({ text: seed, tags: ['UPPER:x'] }), /UPPER:x/],
  [
    'a layer that links to a file of the machine',
    (seed) => linked(seed, '2', '/etc/passwd'),
    /etc\/passwd|not found/,
  ],
];

/** What containerd takes, and tctr does not where it reads the archive itself. */
const taken: readonly Hostile[] = [
  [
    'an index of five megabytes',
    layout(() => ({ index: { name: 'index.json', content: ' '.repeat(5 * 1024 * 1024) } })),
    /index\.json of the archive claims 5242880 bytes/,
  ],
  [
    'an index that claims two gigabytes',
    layout(() => ({ index: { name: 'index.json', sizeField: octal(gigabytes) } })),
    /index\.json of the archive claims 2147483648 bytes/,
  ],
  [
    'a manifest.json that claims two gigabytes',
    () => tar([{ name: 'manifest.json', sizeField: octal(gigabytes) }]),
    /manifest\.json of the archive claims 2147483648 bytes/,
  ],
  [
    'an index that names no digest',
    index(indexOf([{ mediaType: manifestType, digest: 'nope', size: 5 }])),
    /digest/,
  ],
  [
    'an index with a negative size',
    layout(({ manifest: { content = '' } }) => ({
      index: { name: 'index.json', content: indexOf([describe(manifestType, content, { size: -5 })]) },
    })),
    /size/,
  ],
  [
    'an index with one key twice',
    index('{"schemaVersion":2,"manifests":[],"manifests":[]}'),
    /duplicate object key "manifests"/,
  ],
  [
    'an index that names a config an image',
    layout(({ config: { content = '' } }) => ({
      index: {
        name: 'index.json',
        content: indexOf([
          describe(configType, content, { annotations: { 'io.containerd.image.name': name } }),
        ]),
      },
    })),
    /is no image/,
  ],
  ['a name with escapes', named('docker.io/library/\u001b]0;own\u0007:1'), /is no name/],
  ['a name of two lines', named('docker.io/library/a:1\ndocker.io/library/b:1'), /is no name/],
  ['a name that is written from right to left', named('docker.io/library/\u202eexe:1'), /is no name/],
  ['a name of five thousand characters', named(`docker.io/${'x'.repeat(5000)}:1`), /5012 characters/],
  [
    'a layer of another size than the manifest says',
    manifest((seed) => {
      const layer = layerOf(seed);
      const config = configOf([layer]);
      return {
        manifest: {
          schemaVersion: 2,
          mediaType: manifestType,
          config: describe(configType, config),
          layers: [describe(layerType, layer, { size: 17 })],
        },
        blobs: [blob(config), blob(layer)],
      };
    }),
    /its manifest says 17/,
  ],
  [
    'a layer that is a hard link out of the archive',
    (seed) => linked(seed, '1', '../../../../etc/passwd'),
    /layer "one\/layer\.tar" not found/,
  ],
  [
    'layers that link to each other',
    (seed) => linked(seed, '2', 'layer.tar'),
    /layer "one\/layer\.tar" not found/,
  ],
];

function linked(seed: string, type: string, target: string): Buffer {
  const config = configOf([layerOf(seed)]);
  return tar([
    { name: 'config.json', content: config },
    { name: 'one/layer.tar', type, target },
    {
      name: 'manifest.json',
      content: JSON.stringify([{ Config: 'config.json', RepoTags: [name], Layers: ['one/layer.tar'] }]),
    },
  ]);
}

/** Archives that nobody imports. */
export const hostile: readonly Hostile[] = [...damaged, ...layouts, ...dockers];

/** Archives that tctr does not import where it reads them itself; containerd takes some of them. */
export const hostileHere: readonly Hostile[] = taken;

/** Members that lead out of the archive, or are no files: they are passed over. */
export const strayMembers: readonly Member[] = [
  { name: '../../tmp/tctr-stray', content: 'out' },
  { name: '/tmp/tctr-stray', content: 'absolute' },
  { name: 'a/../../../tmp/tctr-stray', content: 'hidden' },
  { name: 'hard', type: '1', target: '/etc/passwd' },
  { name: 'device', type: '3' },
  { name: 'pipe', type: '6' },
  { name: 'unknown', type: 'Q', content: 'what?' },
];

import { createHash } from 'node:crypto';
import { daemon, empty, inGroups, inNamespace } from './lab.js';
import { measure } from './measure.js';

const numbers = Array.from({ length: 1000 }, (_, number) => number);

/** `image ls` of 1,000 images, and of 1,000 names for one image. */
export async function imageList({ rounds = 20 }) {
  const lab = daemon('21');
  return inNamespace(lab, async ({ namespace, client }) => {
    const list = () =>
      measure(rounds, [
        { name: 'tctr', argv: lab.tctr('-n', namespace, 'image', 'ls') },
        { name: 'ctr', argv: lab.ctr('-n', namespace, 'image', 'ls') },
      ]).then(Object.fromEntries);
    await createImages(client, (number) => number);
    const different = await list();
    await empty(client);
    await createImages(client, () => 0);
    const names = await list();
    return [
      { what: '`image ls`, 1,000 images', tctr: different.tctr, other: different.ctr, target: 1 },
      { what: '`image ls`, 1,000 names of one image', tctr: names.tctr, other: names.ctr, target: 0.2 },
    ];
  });
}

/** A thousand images, under a lease: the collector may run at any time. */
async function createImages(client, content) {
  const lease = 'bench';
  await client.leases.create(lease, new Map());
  const leased = client.within({ lease });
  await createImage(leased, 0, content(0)); // blobs that all share are written once
  await inGroups(numbers.slice(1), (number) => createImage(leased, number, content(number)));
  await client.leases.delete(lease);
}

/** An image of two small blobs that nobody can run; `content` tells different ones apart. */
async function createImage(client, number, content) {
  const config = blob({
    architecture: 'amd64',
    os: 'linux',
    author: String(content),
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const configType = 'application/vnd.oci.image.config.v1+json';
  const described = { mediaType: configType, digest: config.digest, size: Number(config.size) };
  const manifest = blob({ schemaVersion: 2, mediaType, config: described, layers: [] });
  await write(client, config, new Map());
  await write(client, manifest, new Map([['containerd.io/gc.ref.content.config', config.digest]]));
  const target = { mediaType, digest: manifest.digest, size: manifest.size, annotations: new Map() };
  await client.images.create({ name: `bench.example/image:${number}`, labels: new Map(), target });
}

async function write(client, { bytes, digest, size }, labels) {
  try {
    const writer = await client.content.writer(`bench-${digest}`, { digest, size });
    await writer.write(bytes.subarray(Number(writer.offset))); // another namespace may have it
    await writer.commit(labels);
  } catch (error) {
    if (error.kind !== 'already exists') throw error; // another name's
  }
}

function blob(value) {
  const bytes = Buffer.from(JSON.stringify(value));
  return {
    bytes,
    digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
    size: BigInt(bytes.length),
  };
}

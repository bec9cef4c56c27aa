import { expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../src/client/client.js';
import type { Descriptor } from '../../src/oci/descriptor.js';
import { parseDigest } from '../../src/oci/digest.js';
import { BlobGraph } from '../../src/ops/blob-graph.js';
import { describeImages } from '../../src/ops/describe-images.js';
import { StoredBlobs } from '../../src/ops/stored-blobs.js';
import { contract } from './contract.js';

/** A new blob in the client's namespace, kept by a lease. */
async function bring(
  client: Client,
  bytes = randomBytes(40),
  mediaType = 'text/plain',
): Promise<{ readonly bytes: Buffer; readonly descriptor: Descriptor }> {
  const digest = parseDigest(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  const size = BigInt(bytes.length);
  const lease = `stored-${digest.slice(-12)}`;
  await client.leases.create(lease, new Map());
  const writer = await client.within({ lease }).content.writer(lease, { digest, size });
  await writer.write(bytes);
  await writer.commit();
  return { bytes, descriptor: { mediaType, digest, size, annotations: new Map() } };
}

const fileOf = async (client: Client, { digest }: Descriptor): Promise<string> => {
  const [plugin] = await client.introspection.plugins(['type==io.containerd.content.v1,id==content']);
  return join(plugin?.exports.get('root') ?? '', 'blobs/sha256', digest.slice('sha256:'.length));
};

contract('stored blobs', (given) => {
  test('are read as the daemon gives them', async () => {
    const { bytes, descriptor } = await bring(given.client);
    const stored = await StoredBlobs.open(given.client);
    // The fake keeps no files.
    if (given.fake) return expect(stored).toBeUndefined();
    expect(Buffer.from((await stored?.read(descriptor)) ?? []).equals(bytes)).toBe(true);
    expect(await stored?.read({ ...descriptor, size: descriptor.size - 1n })).toBeUndefined();
  });

  test('are not taken from another namespace', async () => {
    const { descriptor } = await bring(given.client);
    const stored = await StoredBlobs.open(given.other);
    expect(stored === undefined).toBe(given.fake !== undefined);
    expect(await stored?.read(descriptor)).toBeUndefined();
  });

  test('are not taken when their bytes are others than the digest’s', async () => {
    const { bytes, descriptor } = await bring(given.client);
    if (!given.fake) writeFileSync(await fileOf(given.client, descriptor), randomBytes(bytes.length));
    const stored = await StoredBlobs.open(given.client);
    expect(await stored?.read(descriptor)).toBeUndefined();
  });

  test('say the same of many images as the daemon’s answers do', async () => {
    const { client } = given;
    const id = randomBytes(8).toString('hex');
    const config = await bring(
      client,
      Buffer.from(JSON.stringify({ architecture: 'arm64', os: 'linux', id })),
    );
    const { digest, size } = config.descriptor;
    const described = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: Number(size) };
    const mediaType = 'application/vnd.oci.image.manifest.v1+json';
    const manifest = { schemaVersion: 2, mediaType, config: described, layers: [] };
    const { descriptor } = await bring(client, Buffer.from(JSON.stringify(manifest)), mediaType);
    const lost = { ...descriptor, digest: parseDigest(`sha256:${'0'.repeat(64)}`) };
    const images = Array.from({ length: 100 }, (_, i) => ({
      name: `many:${i}`,
      labels: new Map(),
      target: i === 0 ? lost : descriptor,
    }));
    const many = await describeImages(client, images);
    expect(many).toEqual(await describeImages(client, images, new BlobGraph(client)));
    expect(many[0]?.sizeError).toContain('not found');
    expect(many[99]).toMatchObject({ size: size + descriptor.size, platforms: [{ architecture: 'arm64' }] });
  });
});

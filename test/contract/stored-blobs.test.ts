import { expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../src/client/client.js';
import type { Descriptor } from '../../src/oci/descriptor.js';
import { parseDigest } from '../../src/oci/digest.js';
import { StoredBlobs } from '../../src/ops/stored-blobs.js';
import { contract } from './contract.js';

/** A new blob in the client's namespace, kept by a lease. */
async function bring(client: Client): Promise<{ readonly bytes: Buffer; readonly descriptor: Descriptor }> {
  const bytes = randomBytes(40);
  const digest = parseDigest(`sha256:${createHash('sha256').update(bytes).digest('hex')}`);
  const size = BigInt(bytes.length);
  const lease = `stored-${digest.slice(-12)}`;
  await client.leases.create(lease, new Map());
  const writer = await client.within({ lease }).content.writer(lease, { digest, size });
  await writer.write(bytes);
  await writer.commit();
  return { bytes, descriptor: { mediaType: 'text/plain', digest, size, annotations: new Map() } };
}

const fileOf = async (client: Client, { digest }: Descriptor): Promise<string> => {
  const [plugin] = await client.introspection.plugins(['type==io.containerd.content.v1,id==content']);
  return join(plugin?.exports.get('root') ?? '', 'blobs/sha256', digest.slice('sha256:'.length));
};

contract('blobs in the daemon’s own files', (given) => {
  test('are read as the daemon gives them', async () => {
    const { bytes, descriptor } = await bring(given.client);
    const stored = await StoredBlobs.open(given.client);
    expect(Buffer.from((await stored?.read(descriptor)) ?? []).equals(bytes)).toBe(true);
    expect(await stored?.read({ ...descriptor, size: descriptor.size - 1n })).toBeUndefined();
  });

  test('are not taken from another namespace', async () => {
    const { descriptor } = await bring(given.client);
    const stored = await StoredBlobs.open(given.other);
    expect(stored).toBeDefined();
    expect(await stored?.read(descriptor)).toBeUndefined();
  });

  test('are not taken when their bytes are others than the digest’s', async () => {
    const { bytes, descriptor } = await bring(given.client);
    writeFileSync(await fileOf(given.client, descriptor), randomBytes(bytes.length));
    const stored = await StoredBlobs.open(given.client);
    expect(await stored?.read(descriptor)).toBeUndefined();
  });
});

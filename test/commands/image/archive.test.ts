import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { unpackTar } from 'modern-tar';
import { dockerArchive, ociArchive, ociParts, tar } from '../../support/archive.js';
import { fakeEachTest } from '../../support/fake/each-test.js';

const bench = fakeEachTest();
const name = 'docker.io/library/box:1';
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tctr-archive-'));
  file = join(folder, 'in.tar');
});
afterEach(() => rmSync(folder, { recursive: true }));

const bring = (bytes: Uint8Array, ...flags: readonly string[]) => {
  writeFileSync(file, bytes);
  return bench.tctr(['image', 'import', '--no-unpack', ...flags, file]);
};
const imageNames = async (): Promise<string> => (await bench.tctr(['image', 'ls', '-q'])).stdout;

describe('image import by tctr itself', () => {
  test('writes under one lease, and names the image last', async () => {
    expect(await bring(ociArchive({ text: 'a', name }))).toEqual({ status: 0, stdout: '', stderr: '' });
    const { calls } = bench.fake;
    const lease = calls.of('Content.Write')[0]?.lease;
    expect(lease).toBeDefined();
    for (const call of [
      ...calls.of('Content.Write'),
      ...calls.of('Content.Update'),
      calls.only('Images.Create'),
    ])
      expect(call.lease).toBe(lease);
    expect(calls.names().slice(-3)).toEqual(['Images.Update', 'Images.Create', 'Leases.Delete']);
  });

  test('names nothing where a blob has other bytes than its name says', async () => {
    const { layer, ...parts } = ociParts({ text: 'a', name });
    const ran = await bring(tar([...Object.values(parts), { name: layer.name, content: 'other' }]));
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('failed to ingest "blobs/sha256/');
    expect(await imageNames()).toBe('');
    expect(bench.fake.calls.of('Leases.Delete').length).toBe(1);
  });

  test("gives docker's tags their full names", async () => {
    await bring(dockerArchive({ tags: ['box:1', 'me/box'] }));
    expect(await imageNames()).toBe('docker.io/library/box:1\ndocker.io/me/box:latest\n');
  });

  test('keeps labels of an image that has some, unless given others', async () => {
    const archive = ociArchive({ text: 'a', name });
    await bring(archive, '--label', 'a=b');
    await bring(archive);
    expect(bench.fake.calls.of('Images.Update').map(({ request }) => request)).toMatchObject([
      { updateMask: ['target', 'labels'] },
      { updateMask: ['target'] },
    ]);
  });
});

describe('image export by tctr itself', () => {
  test('writes what was imported: layout, index, manifest.json and blobs, in the order of their names', async () => {
    await bring(ociArchive({ text: 'a', name }));
    const out = join(folder, 'out.tar');
    expect(await bench.tctr(['image', 'export', out, name])).toEqual({ status: 0, stdout: '', stderr: '' });
    const members = await unpackTar(readFileSync(out), { strict: true });
    const found = members.map(({ header }) => header.name);
    expect(found).toEqual([...found].sort());
    expect(found.filter((each) => !each.startsWith('blobs/'))).toEqual([
      'index.json',
      'manifest.json',
      'oci-layout',
    ]);
    const document = members.find(({ header }) => header.name === 'manifest.json')?.data ?? new Uint8Array();
    expect(JSON.parse(Buffer.from(document).toString())).toMatchObject([{ RepoTags: ['box:1'] }]);
  });

  test('leaves no file of a failure', async () => {
    await bring(ociArchive({ text: 'a', name }));
    const { status } = await bench.tctr(['image', 'export', join(folder, 'out.tar'), name, 'nope']);
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual(['in.tar']);
  });

  test('notices a blob that is damaged in the store', async () => {
    await bring(ociArchive({ text: 'a', name }));
    const { bytes } = bench.fake.state;
    for (const [digest, blob] of bytes)
      if (blob.includes('ustar')) bytes.set(digest, Buffer.alloc(blob.length));
    const { status, stderr } = await bench.tctr(['image', 'export', join(folder, 'out.tar'), name]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/is damaged: its bytes have the digest/);
  });
});

describe('image convert', () => {
  test('makes a new manifest that holds the same config', async () => {
    await bring(dockerArchive({ tags: ['box:1'] }));
    const { status, stdout } = await bench.tctr([
      'image',
      'convert',
      '--oci',
      name,
      'docker.io/library/box:oci',
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    const { stdout: list } = await bench.tctr(['image', 'ls', `name==docker.io/library/box:oci`]);
    expect(list).toContain('application/vnd.oci.image.manifest.v1+json');
  });
});

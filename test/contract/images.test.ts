import { beforeEach, expect, test } from '@jest/globals';
import type { Image } from '../../src/client/images.js';
import { parseDigest } from '../../src/oci/digest.js';
import { contract, refusal } from './contract.js';
import { emptyNamespace } from './empty-namespace.js';

const target = {
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  digest: parseDigest(`sha256:${'a'.repeat(64)}`),
  size: 1n,
  annotations: new Map<string, string>(),
};
const image = (name: string, more: Partial<Image> = {}): Image => ({
  name,
  labels: new Map(),
  target,
  ...more,
});

contract('images', (given) => {
  beforeEach(() => emptyNamespace(given.client));

  test('are created, read and deleted', async () => {
    const { images } = given.client;
    const created = await images.create(image('x', { labels: new Map([['a', '1']]) }));
    expect(created).toMatchObject({ name: 'x', target, labels: new Map([['a', '1']]) });
    expect(created.createdAt).toEqual(created.updatedAt);
    expect(await images.get('x')).toEqual(created);
    expect(await refusal(images.create(image('x')))).toEqual({
      kind: 'already exists',
      message: 'image "x": already exists',
    });
    await images.delete('x');
    expect(await refusal(images.get('x'))).toEqual({ kind: 'not found', message: 'image "x": not found' });
    expect(await refusal(images.delete('x'))).toEqual({ kind: 'not found', message: 'image "x": not found' });
  });

  test.each([
    ['no name', image(''), 'Image.Name required'],
    [
      'no size',
      image('x', { target: { ...target, size: 0n } }),
      'Target.Size must be greater than zero: invalid argument',
    ],
    [
      'no media type',
      image('x', { target: { ...target, mediaType: '' } }),
      'Target.MediaType must be set: invalid argument',
    ],
    [
      'a digest that is none',
      image('x', { target: { ...target, digest: 'sha256:abc' as never } }),
      'Target.Digest "sha256:abc" invalid: invalid checksum digest length: invalid argument',
    ],
  ])('with %s are refused', async (_what, bad, message) => {
    expect(await refusal(given.client.images.create(bad))).toEqual({ kind: 'invalid argument', message });
  });

  test('are updated by field', async () => {
    const { images } = given.client;
    await images.create(
      image('x', {
        labels: new Map([
          ['a', '1'],
          ['b', '2'],
        ]),
      }),
    );
    const labels = new Map([
      ['a', ''],
      ['c', '3'],
    ]);
    expect(await images.update(image('x', { labels }), ['labels.a', 'labels.c'])).toMatchObject({
      labels: new Map([
        ['b', '2'],
        ['c', '3'],
      ]),
    });
    expect(await images.update(image('x', { target: { ...target, size: 5n } }), ['target'])).toMatchObject({
      target: { size: 5n },
      labels: new Map([
        ['b', '2'],
        ['c', '3'],
      ]),
    });
    expect(await images.update(image('x', { labels: new Map([['d', '4']]) }), ['labels'])).toMatchObject({
      target: { size: 5n },
      labels: new Map([['d', '4']]),
    });
    expect(await images.update(image('x'), [])).toMatchObject({ target: { size: 1n }, labels: new Map() });
    expect(await refusal(images.update(image('x'), ['name']))).toEqual({
      kind: 'invalid argument',
      message: 'cannot update "name" field on image "x": invalid argument',
    });
    expect(await refusal(images.update(image('y'), []))).toEqual({
      kind: 'not found',
      message: 'image "y": not found',
    });
  });

  test('are listed by name, and by filters joined with OR', async () => {
    const { images } = given.client;
    for (const name of ['c', 'a', 'b'])
      await images.create(image(name, { labels: new Map([['own', name]]) }));
    const names = async (...filters: string[]) => (await images.list(filters)).map(({ name }) => name);
    expect(await names()).toEqual(['a', 'b', 'c']);
    expect(await names('name==a', 'labels.own==c')).toEqual(['a', 'c']);
    expect(await names('name!=a,labels.own!=c')).toEqual(['b']);
    expect(await names('name~=^[ab]$')).toEqual(['a', 'b']);
    expect(await names('labels."own"')).toEqual(['a', 'b', 'c']);
    expect(await names(`target.digest==${JSON.stringify(target.digest)}`)).toHaveLength(3);
    expect(await refusal(images.list(['name===a']))).toEqual({
      kind: 'invalid argument',
      message: expect.stringContaining(
        'filters: parse error: [name >|=|< ==a]: unsupported operator "===": invalid argument',
      ),
    });
  });

  test('of one namespace are not seen from another', async () => {
    await given.client.images.create(image('x'));
    expect(await given.other.images.list()).toEqual([]);
  });

  test('make their namespace by the way', async () => {
    await given.client.namespaces.delete(given.client.namespace).catch(() => undefined);
    await given.client.images.create(image('x'));
    expect((await given.client.namespaces.list()).map(({ name }) => name)).toContain(given.client.namespace);
  });
});

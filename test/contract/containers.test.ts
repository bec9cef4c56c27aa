import { beforeEach, expect, test } from '@jest/globals';
import { containerOf, runtime } from '../support/container.js';
import { contract, refusal } from './contract.js';
import { emptyNamespace } from './empty-namespace.js';

contract('containers', (given) => {
  beforeEach(() => emptyNamespace(given.client));

  test('are created, read and deleted', async () => {
    const { containers, namespace } = given.client;
    const created = await containers.create(containerOf('x', { image: 'i', labels: new Map([['a', '1']]) }));
    expect(created).toMatchObject({ id: 'x', image: 'i', runtime, labels: new Map([['a', '1']]) });
    expect(Buffer.from(created.spec?.value ?? []).toString()).toBe('{}');
    expect((await containers.get('x')).createdAt).toEqual(created.createdAt);
    expect(await refusal(containers.create(containerOf('x')))).toEqual({
      kind: 'already exists',
      message: 'container "x": already exists',
    });
    await containers.delete('x');
    expect(await refusal(containers.get('x'))).toEqual({
      kind: 'not found',
      message: `container "x" in namespace "${namespace}": not found`,
    });
    expect(await refusal(containers.delete('x'))).toEqual({
      kind: 'not found',
      message: 'container x: not found',
    });
  });

  test.each([
    ['no id', containerOf(''), 'container.ID: identifier must not be empty'],
    [
      'an id that is none',
      containerOf('bad id'),
      'container.ID: identifier "bad id" must match ^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$',
    ],
    ['no runtime', containerOf('x', { runtime: undefined }), 'container.Runtime.Name must be set'],
    [
      'a snapshot of nobody',
      containerOf('x', { snapshotKey: 'k' }),
      'container.Snapshotter must be set if container.SnapshotKey is set',
    ],
  ])('with %s are refused', async (_what, bad, words) => {
    expect(await refusal(given.client.containers.create(bad))).toEqual({
      kind: 'invalid argument',
      message: `create container failed validation: ${words}: invalid argument`,
    });
  });

  test('are updated by field', async () => {
    const { containers } = given.client;
    const spec = { typeUrl: 'test', value: new Uint8Array([0x5b, 0x5d]) };
    await containers.create(
      containerOf('x', {
        image: 'i',
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
    expect(await containers.update(containerOf('x', { labels }), ['labels.a', 'labels.c'])).toMatchObject({
      image: 'i',
      labels: new Map([
        ['b', '2'],
        ['c', '3'],
      ]),
    });
    expect(await containers.update(containerOf('x', { image: 'j', spec }), ['image', 'spec'])).toMatchObject({
      image: 'j',
      labels: new Map([
        ['b', '2'],
        ['c', '3'],
      ]),
    });
    const extensions = new Map([['e', spec]]);
    expect(
      (await containers.update(containerOf('x', { extensions }), ['extensions.e'])).extensions.size,
    ).toBe(1);
    expect(await containers.update(containerOf('x'), [])).toMatchObject({ image: '', labels: new Map() });
  });

  test.each([
    ['runtime', ['runtime'], 'cannot update "runtime" field on "x": invalid argument'],
    ['snapshotter', ['snapshotter'], 'cannot update "snapshotter" field on "x": invalid argument'],
    ['id', ['id'], 'cannot update "id" field on "x": invalid argument'],
    ['runtime among all', [], 'container.Runtime.Name field is immutable: invalid argument'],
  ])('keep their %s', async (_field, mask, message) => {
    const { containers } = given.client;
    await containers.create(containerOf('x'));
    const changed = containerOf('x', { runtime: { name: 'other', options: undefined } });
    expect(await refusal(containers.update(changed, mask))).toEqual({ kind: 'invalid argument', message });
  });

  test('cannot be updated when they are not there', async () => {
    expect(await refusal(given.client.containers.update(containerOf('nope'), ['labels.a']))).toEqual({
      kind: 'not found',
      message: 'container "nope": not found',
    });
  });

  test('are listed by id, and by filter', async () => {
    const { containers } = given.client;
    for (const id of ['c', 'a', 'b'])
      await containers.create(containerOf(id, { image: `i${id}`, labels: new Map([['l', id]]) }));
    const ids = async (...filters: string[]) => (await containers.list(filters)).map(({ id }) => id);
    expect(await ids()).toEqual(['a', 'b', 'c']);
    expect(await ids('id==a', 'image==ib')).toEqual(['a', 'b']);
    expect(await ids('labels.l==c,runtime.name==io.containerd.runc.v2')).toEqual(['c']);
    expect(await refusal(containers.list(['id=a']))).toEqual({
      kind: 'invalid argument',
      message: expect.stringContaining('[id >|=|< a]: unsupported operator "="'),
    });
  });
});

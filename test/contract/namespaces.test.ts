import { expect, test } from '@jest/globals';
import { containerOf } from '../support/container.js';
import { contract, refusal } from './contract.js';

contract('namespaces', (given) => {
  const name = 'tctr-contract-made';

  test('are made, labelled and removed', async () => {
    const { namespaces } = given.client;
    await namespaces.delete(name).catch(() => undefined); // left over by a run that was killed
    await namespaces.create(name, new Map([['a', '1']]));
    await namespaces.setLabel(name, 'b', 'with = sign');
    await namespaces.setLabel(name, 'a', '');
    expect(await namespaces.get(name)).toEqual({ name, labels: new Map([['b', 'with = sign']]) });
    expect((await namespaces.list()).map((entry) => entry.name)).toContain(name);
    expect(await refusal(namespaces.create(name, new Map()))).toEqual({
      kind: 'already exists',
      message: `namespace "${name}": already exists`,
    });
    await namespaces.delete(name);
    expect((await namespaces.list()).map((entry) => entry.name)).not.toContain(name);
  });

  test('are listed by name', async () => {
    const names = (await given.client.namespaces.list()).map((entry) => entry.name);
    expect(names).toEqual([...names].sort());
  });

  test('that nobody made read as empty, but cannot be removed', async () => {
    const { namespaces } = given.client;
    expect(await namespaces.get('tctr-contract-nobody')).toEqual({
      name: 'tctr-contract-nobody',
      labels: new Map(),
    });
    expect(await refusal(namespaces.delete('tctr-contract-nobody'))).toEqual({
      kind: 'not found',
      message: 'namespace "tctr-contract-nobody": not found',
    });
  });

  test.each([
    ['', 'identifier must not be empty: invalid argument'],
    [
      'bad name',
      'identifier "bad name" must match ^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$: invalid argument',
    ],
    [
      'x'.repeat(77),
      `identifier "${'x'.repeat(77)}" greater than maximum length (76 characters): invalid argument`,
    ],
  ])('cannot be called %j', async (bad, message) => {
    expect(await refusal(given.client.namespaces.create(bad, new Map()))).toEqual({
      kind: 'invalid argument',
      message,
    });
  });

  test('take no label above 4096 bytes', async () => {
    const labels = new Map([['key', 'x'.repeat(4094)]]);
    expect(await refusal(given.client.namespaces.create('tctr-contract-big', labels))).toEqual({
      kind: 'invalid argument',
      message: expect.stringMatching(
        /^namespace\.Labels: label key and value .*greater than maximum size \(4096 bytes\), key: key/,
      ),
    });
  });

  test('do not go while they hold something', async () => {
    const { client } = given;
    const snapshots = client.snapshots('native');
    await snapshots.prepare('held', '', new Map([['containerd.io/gc.root', 'test']]));
    await client.containers.create(containerOf('held'));
    expect(await refusal(client.namespaces.delete(client.namespace))).toEqual({
      kind: 'failed precondition',
      message: `namespace "${client.namespace}" must be empty, but it still has containers, snapshots on "native" snapshotter: failed precondition`,
    });
  });

  test('must be named by every call that has one', async () => {
    const required = { kind: 'failed precondition', message: 'namespace is required: failed precondition' };
    const none = given.client.within({ namespace: '' });
    expect(await refusal(none.images.list())).toEqual(required);
    expect(await refusal(none.containers.get('x'))).toEqual(required);
    expect(await refusal(none.leases.list())).toEqual(required);
    expect(await refusal(none.tasks.list())).toEqual(required);
    expect(await refusal(none.content.statuses())).toEqual(required);
    expect(await refusal(none.snapshots('overlayfs').stat('x'))).toEqual(required);
    await none.version.get();
    await none.namespaces.list();
  });

  test('are checked in the header', async () => {
    expect(await refusal(given.client.within({ namespace: 'bad name' }).images.list())).toEqual({
      kind: 'invalid argument',
      message:
        'namespace validation: identifier "bad name" must match ^[A-Za-z0-9]+(?:[._-](?:[A-Za-z0-9]+))*$: invalid argument',
    });
  });
});

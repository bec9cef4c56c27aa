import { beforeEach, expect, test } from '@jest/globals';
import { contract, refusal } from './contract.js';
import { emptyNamespace } from './empty-namespace.js';

contract('leases', (given) => {
  beforeEach(() => emptyNamespace(given.client));

  test('are created, listed by filter and deleted', async () => {
    const { leases } = given.client;
    await leases.create('a', new Map([['l', '1']]));
    await leases.create('b', new Map());
    expect(await leases.list()).toMatchObject([{ id: 'a', labels: new Map([['l', '1']]) }, { id: 'b' }]);
    expect(await leases.list(['labels.l==1'])).toMatchObject([{ id: 'a' }]);
    expect(await leases.list(['id==b'])).toMatchObject([{ id: 'b' }]);
    expect(await refusal(leases.create('a', new Map()))).toEqual({
      kind: 'already exists',
      message: 'lease "a": already exists',
    });
    await leases.delete('a', { sync: true });
    expect(await refusal(leases.delete('a'))).toEqual({ kind: 'not found', message: 'lease "a": not found' });
  });

  test('get an id where none is given', async () => {
    await given.client.leases.create('', new Map());
    expect((await given.client.leases.list())[0]?.id).toMatch(/./);
  });

  test('that are not there cannot keep anything', async () => {
    const leased = given.client.within({ lease: 'nope' });
    const missing = { kind: 'not found', message: 'lease does not exist: not found' };
    expect(await refusal(leased.snapshots('native').prepare('k', ''))).toEqual(missing);
    expect(await refusal(leased.content.writer('r', { size: 1n }))).toEqual(missing);
    expect(await leased.images.list()).toEqual([]);
  });

  test('keep what is made under them', async () => {
    await given.client.leases.create('a', new Map());
    await given.client.within({ lease: 'a' }).snapshots('native').prepare('k', '');
    expect(await given.client.snapshots('native').stat('k')).toMatchObject({ name: 'k' });
  });
});

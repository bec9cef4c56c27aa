import { describe, expect, test } from '@jest/globals';
import { currentOwner, formatOwner } from '../../../src/cio/owner.js';
import { ownerLabel, withLease } from '../../../src/ops/lease.js';
import { clientEachTest } from '../../support/fake/client-each-test.js';
import { failure } from '../../support/registry/test-remote.js';

const bench = clientEachTest();
const leases = () => bench.fake.state.read('default').leases;

describe('a lease', () => {
  test('is on the calls of the work, names its owner, expires, and goes with the work', async () => {
    const result = await withLease(bench.client, async (leased) => {
      await leased.namespaces.list();
      const [id = ''] = [...leases().keys()];
      const labels = leases().get(id)?.labels ?? new Map<string, string>();
      expect(bench.fake.calls.only('Namespaces.List').lease).toBe(id);
      expect(labels.get(ownerLabel)).toBe(formatOwner(currentOwner()));
      const left = Date.parse(labels.get('containerd.io/gc.expire') ?? '') - Date.now();
      expect(left / 3_600_000).toBeCloseTo(24, 1);
      return 7;
    });
    expect(result).toBe(7);
    expect(leases().size).toBe(0);
    await bench.client.namespaces.list();
    expect(bench.fake.calls.of('Namespaces.List').at(-1)?.lease).toBeUndefined();
  });

  test('goes when the work fails, whose error is told', async () => {
    const error = new Error('boom');
    expect(await failure(withLease(bench.client, () => Promise.reject(error)))).toBe(error);
    expect(leases().size).toBe(0);
  });

  test('that the daemon has collected already is no error', async () => {
    await withLease(bench.client, () => {
      leases().clear();
      return Promise.resolve();
    });
    expect(bench.fake.calls.only('Leases.Delete').ended).toBe('NOT_FOUND');
  });

  test('that cannot be made is told, and the work not begun', async () => {
    bench.fake.fault(
      { method: 'Leases.Create' },
      { kind: 'status', code: 'PERMISSION_DENIED', message: 'no' },
    );
    let begun = false;
    const error = await failure(
      withLease(bench.client, () => {
        begun = true;
        return Promise.resolve();
      }),
    );
    expect(error).toMatchObject({ kind: 'permission denied' });
    expect(begun).toBe(false);
  });

  test('whose making was not answered is deleted all the same', async () => {
    bench.fake.fault(
      { method: 'Leases.Create', after: true },
      { kind: 'status', code: 'UNAVAILABLE', message: 'answer lost' },
    );
    expect(await failure(withLease(bench.client, () => Promise.resolve()))).toMatchObject({
      kind: 'unavailable',
    });
    expect(leases().size).toBe(0);
  });

  test('of each work is another', async () => {
    const ids = await Promise.all(
      Array.from({ length: 20 }, () =>
        withLease(bench.client, async (leased) => {
          await leased.version.get();
          return '';
        }),
      ),
    );
    expect(ids).toHaveLength(20);
    expect(new Set(bench.fake.calls.of('Version.Version').map(({ lease }) => lease)).size).toBe(20);
    expect(leases().size).toBe(0);
  });
});

import { beforeEach, describe, expect, test } from '@jest/globals';
import { SnapshotKind } from '../../src/client/snapshots.js';
import { all } from '../support/all.js';
import { contract, refusal } from './contract.js';
import { emptyNamespace } from './empty-namespace.js';

/** Keeps the collector away. */
const kept = new Map([['containerd.io/gc.root', 'test']]);

contract('snapshots', (given) => {
  beforeEach(() => emptyNamespace(given.client));

  describe.each(['overlayfs', 'native'])('in %s', (snapshotter) => {
    const open = () => given.client.snapshots(snapshotter);

    test('are prepared, committed, viewed and removed', async () => {
      const snapshots = open();
      const mounts = await snapshots.prepare('a', '', kept);
      expect(mounts).toMatchObject([{ type: 'bind', target: '' }]);
      expect(await snapshots.mounts('a')).toEqual(mounts);
      expect(await snapshots.stat('a')).toMatchObject({
        name: 'a',
        parent: '',
        kind: SnapshotKind.ACTIVE,
        labels: kept,
      });
      await snapshots.commit('c', 'a', kept);
      expect(await snapshots.stat('c')).toMatchObject({
        name: 'c',
        kind: SnapshotKind.COMMITTED,
        labels: kept,
      });
      expect(await refusal(snapshots.stat('a'))).toMatchObject({ kind: 'not found' });
      const [view] = await snapshots.view('v', 'c', kept);
      expect(view?.options).toContain('ro');
      expect(await snapshots.stat('v')).toMatchObject({ parent: 'c', kind: SnapshotKind.VIEW });
      const [top] = await snapshots.prepare('b', 'c', kept);
      expect(top?.type).toBe(snapshotter === 'native' ? 'bind' : 'overlay');
      expect((await snapshots.usage('b')).inodes).toBeGreaterThan(0n);
      expect(await refusal(snapshots.remove('c'))).toEqual({
        kind: 'failed precondition',
        message: 'cannot remove snapshot with child: failed precondition',
      });
      for (const name of ['b', 'v', 'c']) await snapshots.remove(name);
      expect(await all(snapshots.list())).toEqual([]);
    });

    test('are listed by name, and by filter', async () => {
      const snapshots = open();
      for (const key of ['b', 'a']) await snapshots.prepare(key, '', kept);
      await snapshots.commit('c', 'b', kept);
      const names = async (...filters: string[]) =>
        (await all(snapshots.list(filters))).map(({ name }) => name);
      expect(await names()).toEqual(['a', 'c']);
      expect(await names('kind==committed')).toEqual(['c']);
      expect(await names('name==a')).toEqual(['a']);
    });

    test('have labels that are set and removed one by one', async () => {
      const snapshots = open();
      await snapshots.prepare('a', '', new Map([...kept, ['old', '1'], ['stays', '2']]));
      const changed = await snapshots.setLabels(
        'a',
        new Map([
          ['old', ''],
          ['new', '3'],
        ]),
      );
      expect(changed.labels).toEqual(new Map([...kept, ['stays', '2'], ['new', '3']]));
      expect((await snapshots.stat('a')).labels).toEqual(changed.labels);
      expect(await refusal(snapshots.setLabels('x', new Map([['a', 'b']])))).toEqual({
        kind: 'not found',
        message: 'snapshot x does not exist: not found',
      });
    });

    test('of which there is one are not made again', async () => {
      const snapshots = open();
      await snapshots.prepare('a', '', kept);
      await snapshots.prepare('b', '', kept);
      await snapshots.commit('c', 'a', kept);
      const exists = (name: string) => ({
        kind: 'already exists',
        message: `snapshot "${name}": already exists`,
      });
      expect(await refusal(snapshots.prepare('b', ''))).toEqual(exists('b'));
      expect(await refusal(snapshots.view('c', ''))).toEqual(exists('c'));
      expect(await refusal(snapshots.commit('c', 'b'))).toEqual(exists('c'));
    });

    test('stand on committed ones only', async () => {
      const snapshots = open();
      await snapshots.prepare('a', '', kept);
      expect(await refusal(snapshots.prepare('b', 'nope'))).toEqual({
        kind: 'not found',
        message: 'parent snapshot nope does not exist: not found',
      });
      expect(await refusal(snapshots.prepare('b', 'a'))).toEqual({
        kind: 'invalid argument',
        message: expect.stringMatching(/parent ".*a" is not committed snapshot: invalid argument$/),
      });
    });

    test('that are committed have no mounts, and are not committed again', async () => {
      const snapshots = open();
      await snapshots.prepare('a', '', kept);
      await snapshots.commit('c', 'a', kept);
      expect(await refusal(snapshots.mounts('c'))).toEqual({
        kind: 'failed precondition',
        message: expect.stringMatching(/requested snapshot .*c not active or view: failed precondition$/),
      });
      expect(await refusal(snapshots.commit('d', 'c'))).toEqual({
        kind: 'failed precondition',
        message: expect.stringMatching(/snapshot ".*c" is not active: failed precondition$/),
      });
    });

    test('that are not there are not found', async () => {
      const snapshots = open();
      await snapshots.prepare('a', '', kept); // containerd has other words where there is none at all
      const missing = { kind: 'not found', message: 'snapshot x does not exist: not found' };
      expect(await refusal(snapshots.stat('x'))).toEqual(missing);
      expect(await refusal(snapshots.mounts('x'))).toEqual(missing);
      expect(await refusal(snapshots.remove('x'))).toEqual(missing);
      expect(await refusal(snapshots.usage('x'))).toEqual(missing);
      expect(await refusal(snapshots.commit('y', 'x'))).toEqual(missing);
    });
  });

  test.each([
    ['nope', 'snapshotter not loaded: nope: invalid argument'],
    ['', 'snapshotter argument missing: invalid argument'],
  ])('of the snapshotter %j there are none', async (snapshotter, message) => {
    expect(await refusal(given.client.snapshots(snapshotter).stat('x'))).toEqual({
      kind: 'invalid argument',
      message,
    });
  });
});

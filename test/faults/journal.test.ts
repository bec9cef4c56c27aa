import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { ctr, start, tctr, type Place, type Running } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';

const limit = 60_000;

describe.each(daemonRows())('what tctr holds on containerd %s', (_version, daemon) => {
  let place: Place;
  let before: Audit;

  beforeAll(async () => {
    place = await makePlace(daemon, 'held');
    before = await audit(daemon, place.namespace);
  }, limit);
  afterAll(() => removePlace(place), limit);

  test(
    'other tctrs leave what a living one holds alone, and give back what a killed one held',
    async () => {
      const [living, killed] = ['living', 'killed'].map((name) => `${place.namespace}-${name}`) as [
        string,
        string,
      ];
      const run = (id: string) =>
        start(place, ['run', '--rm', busybox(), id, 'sh', '-c', 'echo ready; read line; exit $line']);
      const [stays, goes] = [run(living), run(killed)];
      await Promise.all([said(stays), said(goes)]);
      const held = await audit(daemon, place.namespace);
      expect([held.get('journals')?.size, held.get('tasks')?.size]).toEqual([2, 2]);

      goes.child.kill('SIGKILL');
      await goes.ended;
      const others = [['version'], ['image', 'list'], ['container', 'list', '--quiet']];
      const ran = await Promise.all(others.map((words) => tctr(place, words)));
      expect(ran.map(({ status, stderr }) => [status, stderr])).toEqual(others.map(() => [0, '']));

      await expectTasks([living]);
      stays.child.stdin!.end('7\n');
      const { status, stdout, stderr } = await stays.ended;
      expect([status, stdout.toString(), stderr]).toEqual([7, 'ready\n', '']);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  const expectTasks = async (ids: readonly string[]) => {
    const listed = (await ctr(place, 'tasks', 'list', '--quiet')).split('\n').filter(Boolean);
    expect(listed).toEqual(ids);
  };
});

/** Waits until the process has said something, and tctr knows that it has started. */
async function said({ child }: Running): Promise<void> {
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  await sleep(300);
}

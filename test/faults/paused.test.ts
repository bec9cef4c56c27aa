import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { ctr, endedBy, start, tctr, type Place, type Running } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';

const limit = 60_000;

describe.each(daemonRows())('a task that stands still for its checkpoint on containerd %s', (_, daemon) => {
  let place: Place;
  let box: string;
  let before: Audit;

  beforeAll(async () => {
    place = await makePlace(daemon, 'paused');
    box = `${place.namespace}-box`;
    // What has no pattern takes the daemon a while to compress.
    const script = 'dd if=/dev/urandom of=/big bs=1M count=64 2>/dev/null; touch /ready; sleep 1000';
    await ctr(place, 'run', '--detach', '--null-io', busybox(), box, 'sh', '-c', script);
    const ready = ['tasks', 'exec', '--exec-id', `${box}-x`, box, 'sh', '-c'] as const;
    await ctr(place, ...ready, 'while [ ! -e /ready ]; do sleep 0.1; done');
    before = await audit(daemon, place.namespace);
  }, limit);
  afterAll(() => removePlace(place), limit);

  const status = async (): Promise<string> => /(\w+)\s*$/.exec(await ctr(place, 'tasks', 'list'))?.[1] ?? '';
  /** A tctr that is keeping the container, and has paused its task; one that was not seen in time is done over. */
  const checkpointing = async (): Promise<Running> => {
    for (;;) {
      const running = start(place, ['container', 'checkpoint', '--rw', box, 'kept:1']);
      let over = false;
      void running.ended.then(() => (over = true));
      while (!over) {
        if ((await status()) === 'PAUSED') return running;
        await sleep(20);
      }
      expect(await running.ended).toMatchObject({ status: 0, stderr: '' });
      await ctr(place, 'images', 'delete', '--sync', 'kept:1');
    }
  };

  /** What is left when the daemon has collected its garbage, for which it has no reason of its own. */
  const left = async () => {
    const lease = `${place.namespace}-lease`;
    await ctr(place, 'leases', 'create', '--id', lease);
    await ctr(place, 'leases', 'delete', '--sync', lease);
    return leftovers(place, before);
  };

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'goes on before a tctr ends by %s',
    async (signal) => {
      const running = await checkpointing();
      running.child.kill(signal);
      expect(endedBy(signal)).toContain((await running.ended).status);
      expect(await status()).toBe('RUNNING');
      expect(await left()).toEqual({});
    },
    limit,
  );

  test(
    'goes on with the next tctr where the one that paused it was killed',
    async () => {
      const running = await checkpointing();
      running.child.kill('SIGKILL');
      await running.ended;
      expect(await status()).toBe('PAUSED');
      expect(await tctr(place, ['task', 'list', '--quiet'])).toMatchObject({ status: 0, stderr: '' });
      expect(await status()).toBe('RUNNING');
      expect(await left()).toEqual({});
    },
    limit,
  );

  test(
    'stays as it is where somebody else had paused it',
    async () => {
      await ctr(place, 'tasks', 'pause', box);
      const ended = await tctr(place, ['container', 'checkpoint', '--rw', box, 'kept:1']);
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      expect(await status()).toBe('PAUSED');
      await ctr(place, 'tasks', 'resume', box);
      await ctr(place, 'images', 'delete', '--sync', 'kept:1');
      expect(await left()).toEqual({});
    },
    limit,
  );
});

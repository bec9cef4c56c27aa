import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { ContainerdError } from '../../../src/client/errors.js';
import { Pulse } from '../../../src/client/pulse.js';
import type { Client } from '../../../src/client/client.js';
import { KindError } from '../../../src/oci/errors.js';
import { waitExit } from '../../../src/ops/wait-exit.js';

const silent = () => Promise.reject(new ContainerdError('deadline exceeded', 'context deadline exceeded'));

function pulse(probe: () => Promise<unknown>): Pulse {
  const made = new Pulse({ interval: 10, patience: 10 });
  made.probe = probe;
  return made;
}

test('a daemon that does not answer while a call waits is given up, with a hint', async () => {
  const watched = pulse(silent);
  watched.enter();
  await sleep(1_000, undefined, { signal: watched.signal }).catch(() => undefined);
  expect(watched.signal.reason).toMatchObject({
    kind: 'deadline exceeded',
    message: expect.stringContaining('has not answered'),
    hint: expect.any(String),
  });
});

test.each([
  ['one that answers', () => Promise.resolve()],
  ['one that is away', () => Promise.reject(new ContainerdError('unavailable', 'connection refused'))],
])('%s is asked again and again', async (_what, answer) => {
  let asked = 0;
  const watched = pulse(() => (asked++, answer()));
  const leave = watched.enter();
  while (asked < 3) await sleep(5);
  leave();
  expect(watched.signal.aborted).toBe(false);
});

test('nobody is asked while nothing waits', async () => {
  let asked = 0;
  const watched = pulse(() => Promise.resolve(asked++));
  watched.enter()();
  await sleep(50);
  expect(asked).toBe(0);
});

test('a wait is taken up again where the daemon was away, but not where it was given up', async () => {
  const waits = [
    new KindError('unavailable', 'connection lost'),
    new KindError('deadline exceeded', 'containerd has not answered for 10 s'),
  ];
  const wait = (): Promise<never> => Promise.reject(waits.shift() ?? new Error('one wait too many'));
  const client = { tasks: { wait } } as unknown as Client;
  const ended = waitExit(client, { containerId: 'box' }, new AbortController().signal);
  await expect(ended).rejects.toMatchObject({ kind: 'deadline exceeded' });
  expect(waits).toEqual([]);
});

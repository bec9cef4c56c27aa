import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Client } from '../../../src/client/client.js';
import { ContainerdError } from '../../../src/client/errors.js';
import { Pulse } from '../../../src/client/pulse.js';
import { KindError } from '../../../src/oci/errors.js';
import { waitExit } from '../../../src/ops/wait-exit.js';

const dead = () => Promise.reject(new ContainerdError('deadline exceeded', 'context deadline exceeded'));

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** A pulse, and how often its daemon was asked. */
function watched(probe: () => Promise<unknown>): { pulse: Pulse; asked: { timeout?: number | undefined }[] } {
  const asked: { timeout?: number | undefined }[] = [];
  const pulse = new Pulse();
  pulse.probe = (options) => {
    asked.push(options);
    return probe();
  };
  return { pulse, asked };
}

test('nobody is asked while nothing waits, or not for long', async () => {
  const { pulse, asked } = watched(dead);
  await jest.advanceTimersByTimeAsync(100_000);
  const leave = pulse.enter();
  await jest.advanceTimersByTimeAsync(19_000);
  leave();
  await jest.advanceTimersByTimeAsync(100_000);
  expect(asked).toEqual([]);
});

test('a daemon that answers is asked again and again, with a limit, until the wait ends', async () => {
  const { pulse, asked } = watched(() => Promise.resolve());
  const leave = pulse.enter();
  await jest.advanceTimersByTimeAsync(61_000);
  expect(asked).toEqual([{ timeout: 10_000 }, { timeout: 10_000 }, { timeout: 10_000 }]);
  expect(pulse.signal.aborted).toBe(false);
  leave();
  await jest.advanceTimersByTimeAsync(61_000);
  expect(asked).toHaveLength(3);
});

test('one that does not answer ends every wait, and says so', async () => {
  const { pulse } = watched(dead);
  pulse.enter();
  await jest.advanceTimersByTimeAsync(20_000);
  expect(pulse.signal.reason).toMatchObject({
    kind: 'deadline exceeded',
    message: 'containerd has not answered for 10 s',
    hint: expect.stringContaining('stopped or overloaded'),
  });
});

test('a refusal is an answer', async () => {
  const { pulse, asked } = watched(() => Promise.reject(new ContainerdError('unavailable', 'lost')));
  pulse.enter();
  await jest.advanceTimersByTimeAsync(41_000);
  expect(pulse.signal.aborted).toBe(false);
  expect(asked).toHaveLength(2);
});

test('of several waits the last one counts, and leaving twice counts once', async () => {
  const { pulse, asked } = watched(() => Promise.resolve());
  const [first, second] = [pulse.enter(), pulse.enter()];
  first();
  first();
  await jest.advanceTimersByTimeAsync(21_000);
  expect(asked).toHaveLength(1);
  second();
  expect(jest.getTimerCount()).toBe(0);
});

test('a wait is taken up again where the daemon was away, but not where it was given up', async () => {
  const waits = [
    new KindError('unavailable', 'connection lost'),
    new KindError('deadline exceeded', 'containerd has not answered for 10 s'),
  ];
  const wait = (): Promise<never> => Promise.reject(waits.shift() ?? new Error('one wait too many'));
  const client = { tasks: { wait } } as unknown as Client;
  jest.useRealTimers(); // it pauses in between
  const ended = waitExit(client, { containerId: 'box' }, new AbortController().signal);
  await expect(ended).rejects.toMatchObject({ kind: 'deadline exceeded' });
  expect(waits).toEqual([]);
});

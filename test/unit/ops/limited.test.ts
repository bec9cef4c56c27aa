import { expect, test } from '@jest/globals';
import { limited } from '../../../src/ops/limited.js';

test('no more than the limit run at once, in order, also where one comes as another ends', async () => {
  const slot = limited(2);
  const begun: string[] = [];
  let running = 0;
  let most = 0;
  const work = (name: string) => async (): Promise<string> => {
    begun.push(name);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running--;
    return name;
  };
  const late: Promise<string>[] = [];
  const first = slot(async () => {
    const done = await work('a')();
    // Comes at the moment in which its place is given to one that waits.
    queueMicrotask(() => queueMicrotask(() => late.push(slot(work('late')))));
    return done;
  });
  expect(await Promise.all([first, ...['b', 'c', 'd', 'e'].map((name) => slot(work(name)))])).toEqual([
    'a',
    'b',
    'c',
    'd',
    'e',
  ]);
  await Promise.all(late);
  expect(most).toBe(2);
  expect(begun.slice(0, 5)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('one that fails gives its place back', async () => {
  const slot = limited(1);
  const failing = slot(() => Promise.reject(new Error('x')));
  const next = slot(() => Promise.resolve('next'));
  await expect(failing).rejects.toThrow('x');
  expect(await next).toBe('next');
});

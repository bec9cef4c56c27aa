import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from '@jest/globals';
import { forwardedSignals } from '../../../src/cio/signals.js';
import { buildProgram } from './program.js';
import { scratchDir } from './scratch.js';

const scratch = scratchDir();
afterAll(() => scratch.remove());

test('signals are forwarded in order until the task has gone, and the third request forces', async () => {
  const child = spawn(process.execPath, [buildProgram('forward', scratch.path)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => (await lines.next()).value as string;
  const send = (signal: NodeJS.Signals) => (child.kill(signal), line());

  expect(await line()).toBe('ready');
  expect(await send('SIGHUP')).toBe('kill 1');
  expect(await send('SIGTSTP')).toBe('kill 20');
  expect(await send('SIGUSR1')).toBe('kill 10');
  expect(await line()).toBe('error SIGUSR1 no connection');
  expect(await send('SIGINT')).toBe('kill 2');
  expect(await send('SIGQUIT')).toBe('kill 3');
  child.kill('SIGINT'); // not found: no longer forwarded, and yet it does not end the program
  child.kill('SIGUSR2');
  // The third request; of two that wait at once, the kernel runs the handler of the later one first.
  expect(['force SIGTERM', 'force SIGINT']).toContain(await send('SIGTERM'));
  expect(await exit).toEqual([0, null]);
});

test('every catchable signal is forwarded, each number once', () => {
  const names = forwardedSignals().map(([name]) => name);
  const numbers = forwardedSignals().map(([, number]) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(names).toEqual(
    expect.arrayContaining(['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGTSTP', 'SIGWINCH', 'SIGUSR1', 'SIGPWR']),
  );
  for (const name of ['SIGKILL', 'SIGSTOP', 'SIGURG', 'SIGCHLD', 'SIGPIPE', 'SIGSEGV'])
    expect(names).not.toContain(name);
});

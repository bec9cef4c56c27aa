import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { copyOut } from '../../../src/cio/copy-out.js';
import { shellWord } from '../../../src/cio/run-editor.js';
import { pipeTo } from './pipes.js';

const never = new AbortController().signal;

async function* chunks(count: number, size: number, taken: { count: number }): AsyncGenerator<Uint8Array> {
  for (; taken.count < count; taken.count++) yield await Promise.resolve(Buffer.alloc(size, 97));
}

describe('copyOut', () => {
  test('copies all of it', async () => {
    const pipe = await pipeTo('wc -c');
    await copyOut(chunks(50, 100_000, { count: 0 }), { fd: pipe.fd, signal: never });
    expect((await pipe.close()).trim()).toBe('5000000');
  });

  test('takes no more than is read', async () => {
    const pipe = await pipeTo('sleep 1; wc -c');
    const taken = { count: 0 };
    const copying = copyOut(chunks(50, 100_000, taken), { fd: pipe.fd, signal: never });
    await sleep(300);
    expect(taken.count).toBeLessThan(5);
    await copying;
    expect((await pipe.close()).trim()).toBe('5000000');
  });

  test('ends quietly when the reader goes', async () => {
    const pipe = await pipeTo('head -c 10 >/dev/null');
    const copying = copyOut(chunks(1000, 100_000, { count: 0 }), { fd: pipe.fd, signal: never });
    await expect(copying).rejects.toThrow('broken pipe');
    await pipe.close();
  });

  test('is interrupted while nobody reads', async () => {
    const pipe = await pipeTo('sleep 5');
    const stop = new AbortController();
    const copying = copyOut(chunks(1000, 100_000, { count: 0 }), { fd: pipe.fd, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 100);
    await expect(copying).rejects.toThrow('enough');
    pipe.kill();
    await pipe.close();
  });
});

test.each([
  ['/tmp/tctr-edit-a/blob', '/tmp/tctr-edit-a/blob'],
  ['/tmp/my files/x', "'/tmp/my files/x'"],
  ["it's", `'it'\\''s'`],
  ['$(reboot)', "'$(reboot)'"],
])('the shell takes %s as %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { mountingEnded } from '../../../src/host/mount-process.js';

/** A process whose command line is that of mount(8), until it is told to end. */
async function mounting(target: string) {
  const child = spawn(process.execPath, ['-e', 'console.log(1); process.stdin.resume()', target], {
    argv0: 'mount',
  });
  await once(child.stdout, 'data');
  return { end: () => child.stdin.end(), ended: once(child, 'exit') };
}

test('is waited for as long as it works on the target', async () => {
  const mount = await mounting('/mnt/one');
  let waited = false;
  const waiting = mountingEnded('/mnt/one', 60_000).then(() => (waited = true));
  await mountingEnded('/mnt/other', 60_000);
  expect(waited).toBe(false);
  mount.end();
  await mount.ended;
  await waiting;
});

test('is not waited for any longer than that', async () => {
  const mount = await mounting('/mnt/two');
  await mountingEnded('/mnt/two', 50);
  mount.end();
  await mount.ended;
});

test('a shell that is to become mount(8) counts as well', async () => {
  const shell = spawn('sh', ['-c', 'echo 1; read -r _', 'mount', '-t', 'overlay', '/mnt/three']);
  await once(shell.stdout, 'data');
  let waited = false;
  const waiting = mountingEnded('/mnt/three', 60_000).then(() => (waited = true));
  await mountingEnded('/mnt/three', 50);
  expect(waited).toBe(false);
  shell.stdin.end();
  await waiting;
});

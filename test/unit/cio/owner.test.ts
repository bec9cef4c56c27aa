import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { currentOwner, formatOwner, isAlive, parseOwner } from '../../../src/cio/owner.js';

test('this process is alive, and its text form means the same', () => {
  const owner = currentOwner();
  expect(parseOwner(formatOwner(owner))).toEqual(owner);
  expect(isAlive(owner)).toBe(true);
});

test('another start time, another boot or no such pid is a dead owner', () => {
  const owner = currentOwner();
  expect(isAlive({ ...owner, startTime: owner.startTime + 1n })).toBe(false);
  expect(isAlive({ ...owner, bootId: '00000000-0000-0000-0000-000000000000' })).toBe(false);
  expect(isAlive({ ...owner, pid: 0x7fffffff })).toBe(false);
});

test('an owner in another pid namespace counts as alive', () => {
  expect(isAlive({ ...currentOwner(), pid: 0x7fffffff, pidNamespace: '1' })).toBe(true);
});

test('a zombie is dead', async () => {
  // The shell becomes sleep, which never waits for the child that it has inherited.
  const parent = spawn('sh', ['-c', 'sleep 0.02 & echo $!; exec sleep 20'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
  const stat = (): readonly string[] =>
    readFileSync(`/proc/${pid.toString().trim()}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  while (stat()[0] !== 'Z') await new Promise((resolve) => setTimeout(resolve, 20));
  const fields = stat();
  expect(isAlive({ ...currentOwner(), pid: Number(pid), startTime: BigInt(fields[19] ?? 0) })).toBe(false);
  parent.kill();
  await once(parent, 'exit');
});

test.each([
  '',
  'x',
  '1/2/3/4',
  `${'a'.repeat(36)}/0/1/1`,
  `${'a'.repeat(36)}/1/1`,
  `${'a'.repeat(36)}/1/1/1\n`,
])('%j is no owner', (text) => expect(parseOwner(text)).toBeUndefined());

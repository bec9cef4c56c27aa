import { once } from 'node:events';
import { readFileSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { endedBy, start, type Daemon, type Running } from '../support/faults.js';
import { fakeEachTest } from '../support/fake/each-test.js';
import type { Effect } from '../support/fake/faults.js';

const limit = 60_000;
const bench = fakeEachTest();
let folder: string;
let silent: Server;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tctr-start-up-'));
  silent = createServer().listen(join(folder, 'silent.sock'));
});
afterAll(() => {
  silent.close();
  rmSync(folder, { recursive: true });
});

const place = (socket: string) => {
  const daemon: Daemon = { socket, ctr: 'none', version: '1.6' };
  return { daemon, namespace: `start-up-${process.pid}` };
};

test(
  'SIGUSR1 before there is a process to forward it to opens no debugger, and ends nothing',
  async () => {
    const connected = once(silent, 'connection') as Promise<[Socket]>;
    const running = start(place(join(folder, 'silent.sock')), ['version']);
    const [connection] = await connected;
    running.child.kill('SIGUSR1');
    await sleep(500);
    expect(listens(running.pid)).toBe(false);
    const began = Date.now();
    running.child.kill('SIGTERM');
    const { status, stderr } = await running.ended;
    connection.destroy();
    expect(stderr).toBe('');
    expect(endedBy('SIGTERM')).toContain(status);
    expect(Date.now() - began).toBeLessThan(5_000); // it does not sit out the time to connect
  },
  limit,
);

/** A process that answers a signal with its status, whose start is acknowledged late or never. */
const run = (effect: Effect): Running => {
  const { fake } = bench;
  fake.script('box', { stdout: 'ready\n' });
  fake.fault({ method: 'Tasks.Start', after: true }, effect);
  return start(place(fake.socket), ['run', '--rm', '--rootfs', folder, 'box', 'sh'], { deadline: 20_000 });
};
const shown = ({ child }: Running): Promise<unknown> => once(child.stdout!, 'data');

test(
  'a signal between the first output and the answer of the start is forwarded',
  async () => {
    const running = run({ kind: 'delay', ms: 1_500 });
    await shown(running);
    running.child.kill('SIGTERM');
    const { status, stderr } = await running.ended;
    expect([status, stderr]).toEqual([128 + 15, '']);
    const kills = bench.fake.calls.of('Tasks.Kill').map(({ request }) => request);
    expect(kills).toEqual([expect.objectContaining({ containerId: 'box', signal: 15, all: false })]);
  },
  limit,
);

test(
  'a start that is never answered is ended by the signal',
  async () => {
    const running = run({ kind: 'hang' });
    await shown(running);
    running.child.kill('SIGTERM');
    const { status, stderr } = await running.ended;
    expect(endedBy('SIGTERM')).toContain(status);
    expect(stderr).toBe('');
    const kills = bench.fake.calls.of('Tasks.Kill').map(({ request }) => request);
    expect(kills).toEqual([expect.objectContaining({ containerId: 'box', signal: 9, all: true })]);
  },
  limit,
);

/** Whether a process listens on a TCP port of this machine. */
function listens(pid: number): boolean {
  const listening = ['tcp', 'tcp6'].flatMap((file) =>
    readFileSync(`/proc/${pid}/net/${file}`, 'utf8')
      .split('\n')
      .map((row) => row.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A')
      .map((fields) => `socket:[${fields[9]}]`),
  );
  return readdirSync(`/proc/${pid}/fd`).some((fd) => listening.includes(targetOf(`/proc/${pid}/fd/${fd}`)));
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return ''; // closed meanwhile
  }
}

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openChannel, socketPath } from '../../../src/client/connect.js';
import { startFake } from '../../support/fake/containerd.js';
import { failure } from '../../support/registry/test-remote.js';

let dir: string;
const servers: Server[] = [];
const sockets: Socket[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tctr-connect-'));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) {
    server.close();
    await once(server, 'close');
  }
  rmSync(dir, { recursive: true, force: true });
});

/** A socket that takes connections and does this with them. */
async function listen(onConnection: (socket: Socket) => void = () => undefined): Promise<string> {
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  const address = join(dir, 'containerd.sock');
  server.listen(address);
  await once(server, 'listening');
  servers.push(server);
  return address;
}

describe('a socket that cannot be used is told with the next step', () => {
  test('one that is not there', async () => {
    const address = join(dir, 'none.sock');
    expect(await failure(openChannel({ address }))).toMatchObject({
      kind: 'not found',
      message: `cannot access socket ${address}: stat ${address}: no such file or directory`,
      hint: expect.stringContaining('--address'),
    });
  });

  test('a folder, and a file', async () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    mkdirSync(join(dir, 'folder'));
    for (const address of [file, join(dir, 'folder')]) {
      expect(await failure(openChannel({ address }))).toMatchObject({
        kind: 'unavailable',
        message: `${address} is not a socket`,
      });
    }
  });

  test('one below a file', async () => {
    const file = join(dir, 'file');
    writeFileSync(file, '');
    const { message } = await failure(openChannel({ address: join(file, 'x.sock') }));
    expect(message).toContain('ENOTDIR');
  });

  test('one that nobody listens on any more', async () => {
    const address = join(dir, 'dead.sock');
    // The file of a socket stays when its process is killed.
    const listening = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', listening, address]);
    expect(await failure(openChannel({ address }))).toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining(`dial unix ${address}: connect: connection refused`),
      hint: expect.stringContaining('no containerd listens'),
    });
  });

  test('one that accepts and says nothing, once the time is over', async () => {
    const address = await listen();
    const began = performance.now();
    expect(await failure(openChannel({ address, connectTimeout: 300 }))).toMatchObject({
      kind: 'unavailable',
      message: `failed to dial "${address}": context deadline exceeded`,
      hint: expect.stringContaining('no containerd answers'),
    });
    expect(performance.now() - began).toBeGreaterThan(290); // a timer counts whole milliseconds
  });

  test('one that hangs up at once, without trying for ever', async () => {
    const address = await listen((socket) => socket.destroy());
    expect(await failure(openChannel({ address, connectTimeout: 200 }))).toMatchObject({
      kind: 'unavailable',
    });
  });
});

describe('waiting', () => {
  test('for a daemon that is still to come, as long as is allowed', async () => {
    const fake = await startFake();
    const { socket } = fake;
    const late = join(dir, 'late.sock');
    try {
      const opening = openChannel({ address: late, connectTimeout: 10_000 });
      await sleep(120);
      symlinkSync(socket, late);
      (await opening).close();
    } finally {
      await fake.close();
    }
  });

  test('ends at once when it is called off, with the reason', async () => {
    const controller = new AbortController();
    const opening = openChannel({
      address: join(dir, 'none.sock'),
      connectTimeout: 60_000,
      signal: controller.signal,
    });
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await failure(opening)).toBe(reason);
  });
});

test.each([
  ['unix:///run/x.sock', '/run/x.sock'],
  ['/run/x.sock', '/run/x.sock'],
  ['x.sock', 'x.sock'],
  ['~/x.sock', '~/x.sock'],
])('%s is %s', (address, path) => {
  expect(socketPath(address)).toBe(path);
});

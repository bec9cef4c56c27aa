import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { commandLine, ctr, endedBy, start, tctr, type Place, type Running } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { Terminal } from '../support/pty.js';
import { startProxy, type Proxy } from '../support/proxy.js';
import { buildImage } from '../support/registry/content.js';
import { drip } from '../support/registry/faults.js';
import { startRegistry } from '../support/registry/registry.js';

const limit = 120_000;
const folder = mkdtempSync(join(tmpdir(), 'tctr-proxy-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(daemonRows())('a connection that fails, on containerd %s', (version, daemon) => {
  let place: Place;
  let before: Audit;
  let proxy: Proxy | undefined;
  let box: string;
  let terminal: Terminal | undefined;
  let count = 0;

  beforeAll(async () => {
    place = await makePlace(daemon, 'cut');
    box = `${place.namespace}-box`;
    await ctr(place, 'run', '--detach', '--null-io', busybox(), box, 'sleep', '1000');
    before = await audit(daemon, place.namespace);
  }, limit);
  afterEach(async () => {
    await terminal?.close();
    terminal = undefined;
    await proxy?.close();
    proxy = undefined;
  });
  afterAll(() => removePlace(place), limit);

  const open = async (options?: { readonly cutAfter?: number }): Promise<Proxy> =>
    (proxy = await startProxy(daemon.socket, join(folder, `${version}.sock`), options));
  const run = (address: string, script: string) =>
    start(place, ['run', '--rm', busybox(), `${place.namespace}-${count++}`, 'sh', '-c', script], {
      address,
      deadline: 85_000,
    });
  /** What a dead process held is given back by the next one that talks to the same address. */
  const nothingLeft = async (address: string) => {
    await tctr(place, ['version'], { address });
    expect(await leftovers(place, before)).toEqual({});
  };

  test(
    'cut while the process runs: it is waited for again, and its own status returned',
    async () => {
      const { socket, cut } = await open();
      const running = run(socket, 'echo ready; sleep 3; echo more; exit 7');
      await started(running);
      cut();
      const { status, stdout, stderr } = await running.ended;
      expect([status, stdout.toString(), stderr]).toEqual([7, 'ready\nmore\n', '']);
      await nothingLeft(socket);
    },
    limit,
  );

  // The answers that matter most are small, and come last: distances from the end of what an uncut one gets.
  const distances = [2_500, 900, 750, 600, 500, 425, 350, 275, 200, 125, 75, 25];

  test.each<readonly [name: string, status: number, words: (id: string) => readonly string[]]>([
    ['run --rm', 7, (id) => ['run', '--rm', busybox(), id, 'sh', '-c', 'exit 7']],
    ['task exec', 7, (id) => ['task', 'exec', '--exec-id', id, box, 'sh', '-c', 'exit 7']],
    ['container create', 0, (id) => ['container', 'create', busybox(), id]],
  ])(
    'cut at any answer of a %s: its status, or 1 and one line, and nothing left',
    async (name, wanted, words) => {
      const attempt = async (cutAfter: number) => {
        const { socket, bytes, close } = await open({ cutAfter });
        const id = `${place.namespace}-${count++}`;
        const { status, stderr } = await tctr(place, words(id), { address: socket });
        const total = bytes();
        const line = status === wanted ? /^$/ : /^tctr: connection to containerd lost: [^\n]+\n$/;
        expect([stderr, status]).toEqual([expect.stringMatching(line), status === wanted ? wanted : 1]);
        if (status === 0) await ctr(place, 'containers', 'delete', id);
        await tctr(place, ['version'], { address: socket });
        expect({ name, cutAfter, left: await leftovers(place, before) }).toEqual({
          name,
          cutAfter,
          left: {},
        });
        await close();
        return total;
      };
      const total = await attempt(Infinity);
      for (const distance of distances) await attempt(total - distance);
    },
    limit,
  );

  test(
    'ended by hand while the daemon is away: the next tctr ends what it ran',
    async () => {
      const { socket, close } = await open();
      const running = run(socket, 'echo ready; sleep 1000');
      await started(running);
      await close();
      for (let times = 0; times < 3; times++) {
        running.child.kill('SIGINT');
        await sleep(300);
      }
      const { status } = await running.ended;
      expect(endedBy('SIGINT')).toContain(status);
      expect(Object.keys(await leftovers(place, before, 0))).toContain('journals');
      await open();
      await nothingLeft(socket);
    },
    limit,
  );

  test(
    'cut in the middle of a pull: 1 and one line',
    async () => {
      const registry = await startRegistry();
      const image = buildImage({ seed: `cut ${version} ${Date.now()}`, layerSizes: [60_000] });
      registry.push('cut', image, 'latest');
      registry.on({ method: 'GET', path: `cut/blobs/${image.layers[0]!.digest}` }, drip(10_000, 200));
      const { socket, cut } = await open();
      const words = ['image', 'pull', '--local', '--plain-http', `${registry.host}/cut:latest`];
      const running = start(place, words, { address: socket });
      while (!registry.requests.some(({ target }) => target.includes(image.layers[0]!.digest)))
        await sleep(20);
      await sleep(200);
      cut();
      const { status, stderr } = await running.ended;
      await registry.close();
      expect(stderr).toMatch(/^tctr: [^\n]+\n$/);
      expect(status).toBe(1);
      await nothingLeft(socket);
    },
    limit,
  );

  test.each<readonly [name: string, words: (id: string) => readonly string[]]>([
    ['run --rm', (id) => ['run', '--rm', '--tty', busybox(), id]],
    ['task exec', (id) => ['task', 'exec', '--tty', '--exec-id', id, box]],
  ])(
    'the terminal of a %s is put back: cut off and joined again, or ended while the daemon is away',
    async (_name, words) => {
      const { socket, cut, close } = await open();
      const begin = async (): Promise<Terminal> => {
        const line = [...words(`${place.namespace}-${count++}`), 'sh', '-c', 'echo ready; read line; exit 7'];
        terminal = Terminal.run(commandLine(place, line, socket));
        await terminal.until(/ready\r+\n/);
        await sleep(500);
        return terminal;
      };
      const joined = await begin();
      cut();
      await sleep(1_000);
      joined.type('\n');
      const whole = await joined.end();
      expect([whole.status, whole.after]).toEqual([7, whole.before]);

      const alone = await begin();
      await close();
      process.kill(await alone.pid(), 'SIGTERM');
      const ended = await alone.end();
      expect([ended.status, ended.after]).toEqual([128 + 15, ended.before]);
      await open();
      await nothingLeft(socket);
    },
    limit,
  );

  // Each of these takes half a minute.
  const onceOnly = version === '2.1' ? test : (..._elsewhere: unknown[]) => undefined;

  onceOnly(
    'a daemon that stops to answer is given up once',
    async () => {
      const { socket, freeze } = await open();
      const running = run(socket, 'echo ready; sleep 5');
      await started(running);
      const began = Date.now();
      freeze();
      const { status, stderr } = await running.ended;
      expect(stderr).toMatch(/^tctr: [^\n]*has not answered[^\n]*\n$/);
      expect(status).toBe(1);
      // It is asked after 20 s, has 10 s to answer, and gets no second chance.
      expect(Date.now() - began).toBeLessThan(45_000);
      await proxy?.close();
      await open();
      await nothingLeft(socket);
    },
    limit,
  );

  onceOnly(
    'a daemon that stays away is given up, and the process is ended by the next tctr',
    async () => {
      const { socket, close } = await open();
      const box = `${place.namespace}-${count++}`;
      const running = start(place, ['run', busybox(), box, 'sh', '-c', 'echo ready; sleep 1000'], {
        address: socket,
        deadline: 85_000,
      });
      await started(running);
      await close();
      const { status, stderr } = await running.ended;
      expect(stderr).toMatch(/^tctr: [^\n]* \([^\n]*the next tctr[^\n]*\)\n$/);
      expect(status).toBe(1);
      await open();
      await tctr(place, ['version'], { address: socket });
      expect(Object.keys(await leftovers(place, before, 3_000)).sort()).toEqual(['containers', 'snapshots']);
      await ctr(place, 'containers', 'delete', box);
      await nothingLeft(socket);
    },
    limit,
  );
});

test(
  'a socket that refuses connections, or takes and drops them: one line that says so',
  async () => {
    const [, daemon] = daemonRows().at(-1)!;
    const place = { daemon, namespace: `refused-${process.pid}` };
    const dead = join(folder, 'dead.sock');
    const listener = spawnSync(process.execPath, [
      '-e',
      `require('net').createServer().listen(${JSON.stringify(dead)}, () => process.kill(process.pid, 'SIGKILL'))`,
    ]);
    expect(listener.signal).toBe('SIGKILL'); // its socket is still there
    const refused = await tctr(place, ['container', 'list'], { address: dead });
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/^tctr: [^\n]*dead\.sock[^\n]*connection refused[^\n]* \([^\n]+\)\n$/),
    ]);

    const dropping = createServer((socket) => socket.destroy()).listen(join(folder, 'drop.sock'));
    const began = Date.now();
    const dropped = await tctr(place, ['container', 'list'], { address: join(folder, 'drop.sock') });
    dropping.close();
    expect([dropped.status, dropped.stderr]).toEqual([
      1,
      expect.stringMatching(/^tctr: [^\n]*drop\.sock[^\n]*\n$/),
    ]);
    expect(Date.now() - began).toBeLessThan(15_000);
  },
  limit,
);

test(
  'a daemon that is killed and started again: the process goes on, and its own status is returned',
  async () => {
    const lab = new URL('../../lab/lab', import.meta.url).pathname;
    const dir = `/run/tctr-faults-${process.pid}`;
    execFileSync(lab, ['up', '--dir', dir, '21'], { stdio: 'ignore' });
    try {
      const [daemon] = (
        JSON.parse(readFileSync(join(dir, 'env.json'), 'utf8')) as { daemons: Place['daemon'][] }
      ).daemons;
      const place = { daemon: daemon!, namespace: `kill-${process.pid}` };
      await ctr(place, 'images', 'pull', '--plain-http', busybox());
      const words = [
        'run',
        '--rm',
        busybox(),
        `${place.namespace}-1`,
        'sh',
        '-c',
        'echo ready; sleep 6; exit 7',
      ];
      const running = start(place, words);
      await started(running);
      process.kill(containerdPid(lab, dir), 'SIGKILL');
      await sleep(500);
      execFileSync(lab, ['up', '--dir', dir, '21'], { stdio: 'ignore' });
      const { status, stdout, stderr } = await running.ended;
      expect([status, stdout.toString(), stderr]).toEqual([7, 'ready\n', '']);
      expect(await ctr(place, 'containers', 'list', '--quiet')).toBe('');
    } finally {
      execFileSync(lab, ['down', '--dir', dir], { stdio: 'ignore' });
    }
  },
  limit,
);

/** Waits until the process has said something, and tctr knows that it has started. */
async function started({ child }: Running): Promise<void> {
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  await sleep(500);
}

function containerdPid(lab: string, dir: string): number {
  const rows = execFileSync(lab, ['status', '--dir', dir], { encoding: 'utf8' });
  return Number(/^(\d+)\tcontainerd --config/m.exec(rows)?.[1]);
}

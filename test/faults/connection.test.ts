import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { ctr, start, tctr, type Place, type Running } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';
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
  let count = 0;

  beforeAll(async () => {
    place = await makePlace(daemon, 'cut');
    before = await audit(daemon, place.namespace);
  }, limit);
  afterEach(async () => {
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

  test.each([200, 600, 1200, 2000])(
    'cut after %d bytes of a run: its status, or 1 and one line',
    async (cutAfter) => {
      const { socket } = await open({ cutAfter });
      const { status, stderr } = await run(socket, 'exit 7').ended;
      if (status !== 7) {
        expect(stderr).toMatch(/^tctr: [^\n]+\n$/);
        expect(status).toBe(1);
      }
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
      await sleep(900);
      cut();
      const { status, stderr } = await running.ended;
      await registry.close();
      expect(stderr).toMatch(/^tctr: [^\n]+\n$/);
      expect(status).toBe(1);
      await nothingLeft(socket);
    },
    limit,
  );

  (version === '2.1' ? test : (..._elsewhere: unknown[]) => undefined)(
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
});

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

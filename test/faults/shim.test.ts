import { readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Shim, shimSockets, type ShimApiVersion, type ShimRef } from '../../src/client/shim.js';
import { packJson, typeUrls } from '../../src/client/typeurl.js';
import { hasShim } from '../../src/host/shim-process.js';
import { stopShim } from '../../src/ops/stop-shim.js';
import { ctr, type Place } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';

const none = { stdin: '', stdout: '', stderr: '', terminal: false };

describe.each(daemonRows())('a shim of containerd %s', (version, daemon) => {
  const [spoken, foreign]: readonly ShimApiVersion[] = version === '2.1' ? [3, 2] : [2, 3];
  let place: Place;
  let count = 0;

  beforeAll(async () => {
    place = await makePlace(daemon, 'shim');
  }, 120_000);
  afterAll(() => removePlace(place), 60_000);

  const running = async (): Promise<ShimRef> => {
    const id = `${place.namespace}-${count++}`;
    await ctr(place, 'run', '--detach', '--null-io', busybox(), id, 'sleep', '1000');
    return { address: daemon.socket, namespace: place.namespace, id };
  };
  const open = (ref: ShimRef, api: ShimApiVersion = spoken!): Promise<Shim> =>
    Shim.connect(shimSockets(ref), ref.namespace, api);
  const runcStates = (): readonly string[] => readdirSync(`/run/containerd/runc/${place.namespace}`);

  test('answers over ttrpc', async () => {
    const ref = await running();
    const shim = await open(ref);
    const pid = Number(/ (\d+) /.exec((await ctr(place, 'tasks', 'list')).replaceAll(/\s+/g, ' '))?.[1]);
    expect(await shim.state({ id: ref.id, execId: '' })).toMatchObject({ id: ref.id, pid, status: 2 });
    const exec = { id: ref.id, execId: 'one' };
    const spec = { args: ['sh', '-c', 'exit 7'], cwd: '/', env: ['PATH=/bin'], user: { uid: 0, gid: 0 } };
    await shim.exec(exec, none, packJson(typeUrls.process, JSON.stringify(spec)));
    const ended = shim.wait(exec);
    expect([0, pid]).not.toContain(await shim.start(exec));
    expect(await ended).toBe(7);
    await shim.delete(exec);
    await expect(shim.state(exec)).rejects.toMatchObject({ kind: 'not found' });
    await expect(shim.wait({ id: ref.id, execId: '' }, { timeout: 50 })).rejects.toMatchObject({
      kind: 'deadline exceeded',
    });
    const asking = shim.wait({ id: ref.id, execId: '' });
    shim.close();
    await expect(asking).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(shim.state(exec)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('says that it does not speak another version', async () => {
    const shim = await open(await running(), foreign);
    await expect(shim.shutdown('any', false)).rejects.toMatchObject({ kind: 'not implemented' });
    shim.close();
  });

  test('that nobody listens for', async () => {
    const ref = { address: daemon.socket, namespace: place.namespace, id: 'nope' };
    await expect(open(ref)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('is stopped with all that it has, its bundle gone', async () => {
    const ref = await running();
    const shim = await open(ref);
    const { bundle } = await shim.state({ id: ref.id, execId: '' });
    shim.close();
    for (const name of readdirSync(bundle)) if (name !== 'rootfs') rmSync(`${bundle}/${name}`);
    expect(runcStates()).toContain(ref.id);
    expect(hasShim(ref)).toBe(true);
    await stopShim(ref);
    expect(runcStates()).not.toContain(ref.id);
    for (let tries = 0; hasShim(ref) && tries < 50; tries++) await new Promise((go) => setTimeout(go, 100));
    expect(hasShim(ref)).toBe(false);
  });
});

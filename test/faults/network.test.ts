import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { startCni, type CniBench } from '../support/cni.js';
import { ctr, type Place } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';

const limit = 60_000;

// CNI is the client's: one daemon serves.
describe.each(daemonRows().slice(-1))('the network of a container on containerd %s', (_, daemon) => {
  let place: Place;
  let cni: CniBench;
  let before: Audit;
  let box: string;

  beforeAll(async () => {
    place = await makePlace(daemon, 'net');
    box = `${place.namespace}-box`;
    before = await audit(daemon, place.namespace);
  }, limit);
  afterAll(() => removePlace(place), limit);
  const bench = async (): Promise<CniBench> => (cni = await startCni());
  afterEach(() => cni.close());

  const connected = () => `ADD ${place.namespace}-${box} eth0`;
  const disconnected = () => `DEL ${place.namespace}-${box} eth0`;
  const until = async (happened: () => boolean | Promise<boolean>) => {
    for (const end = Date.now() + 10_000; !(await happened()); await sleep(50)) {
      if (Date.now() > end)
        throw new Error(`it did not happen; the plugin was asked: ${cni.asked().join(', ')}`);
    }
  };
  /** The next tctr, whatever it does, ends what a killed one held. */
  const expectEndedByNext = async () => {
    expect(cni.asked()).toEqual([connected()]);
    expect(cni.journals()).toHaveLength(1);
    const next = await cni.start(place, ['container', 'list', '--quiet']).ended;
    expect(next).toMatchObject({ status: 0, stderr: '' });
    expect(next.stdout.toString()).toBe('');
    expect(cni.asked()).toEqual([connected(), disconnected()]);
    expect(await cni.kept()).toBe(false);
    expect(cni.journals()).toEqual([]);
    expect(await leftovers(place, before)).toEqual({});
  };

  test(
    'is left when its process ends',
    async () => {
      const { start, asked } = await bench();
      const ended = await start(place, ['run', '--rm', '--cni', busybox(), box, 'true']).ended;
      expect(ended).toMatchObject({ status: 0, stderr: '' });
      expect(asked()).toEqual([connected(), disconnected()]);
      expect(await cni.kept()).toBe(false);
    },
    limit,
  );

  test(
    'is left by the next tctr where one was killed that was connected',
    async () => {
      const { start } = await bench();
      const running = start(place, ['run', '--rm', '--cni', busybox(), box, 'sleep', '1000']);
      await until(() => cni.kept());
      running.child.kill('SIGKILL');
      await running.ended;
      expect(await cni.kept()).toBe(true);
      await expectEndedByNext();
    },
    limit,
  );

  test(
    'is left by the next tctr where one was killed that was about to connect',
    async () => {
      const { start, hold, asked } = await bench();
      hold(true);
      const running = start(place, ['run', '--rm', '--cni', busybox(), box, 'sleep', '1000']);
      await until(() => asked().length > 0);
      running.child.kill('SIGKILL');
      hold(false);
      await running.ended;
      expect(await cni.kept()).toBe(false);
      await expectEndedByNext();
    },
    limit,
  );

  test(
    'is refused where it is the machine’s own, and nothing is asked or left',
    async () => {
      const { start, asked } = await bench();
      const folder = mkdtempSync(join(tmpdir(), 'spec-'));
      const rootfs = join(folder, 'rootfs');
      try {
        for (const name of ['dev', 'proc', 'usr']) mkdirSync(join(rootfs, name), { recursive: true });
        for (const name of ['bin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(rootfs, name));
        const spec = JSON.parse(await ctr(place, 'oci', 'spec')) as Record<string, Record<string, unknown>>;
        const namespaces = spec['linux']?.['namespaces'] as readonly { readonly type: string }[];
        const mounts = spec['mounts'] as unknown as readonly { readonly destination: string }[];
        const shared = {
          ...spec,
          process: { ...spec['process'], args: ['/usr/bin/true'] },
          root: { path: rootfs },
          mounts: [
            ...mounts.filter(({ destination }) => !destination.startsWith('/sys')),
            { destination: '/usr', type: 'bind', source: '/usr', options: ['bind', 'ro'] },
          ],
          linux: { ...spec['linux'], namespaces: namespaces.filter(({ type }) => type !== 'network') },
        };
        writeFileSync(join(folder, 'spec.json'), JSON.stringify(shared));
        const words = ['run', '--rm', '--cni', '--config', join(folder, 'spec.json'), box];
        const { status, stderr } = await start(place, words).ended;
        expect({ status, stderr }).toEqual({
          status: 1,
          stderr:
            "tctr: the container is in the machine's own network namespace (leave out --cni, or give it a network namespace)\n",
        });
        expect(asked()).toEqual([]);
        expect(await leftovers(place, before)).toEqual({});
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    limit,
  );
});

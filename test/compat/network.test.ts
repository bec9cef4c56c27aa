import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers } from '../support/audit.js';
import { interfaceNames, withNetwork } from '../support/cni-place.js';
import { tctr, type Place } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';

const limit = 60_000;
const sides = ['ctr', 'tctr'] as const;

describe.each(daemonRows())('--cni on containerd %s', (_, daemon) => {
  let place: Place;
  beforeAll(async () => {
    place = await makePlace(daemon, 'cni');
  }, limit);
  afterAll(() => removePlace(place), limit);

  test(
    'a container in the foreground has an interface, and gives it back',
    async () => {
      for (const side of sides) {
        const line = `$ctr run --rm --cni ${busybox()} ${place.namespace}-${side} cat /proc/net/dev`;
        const { status, stdout, stderr, interfaces, kept } = await withNetwork(place, side, line);
        expect({ side, status, stderr, seen: interfaceNames(stdout.toString()) }).toMatchObject({
          status: 0,
          seen: ['eth0', 'lo'],
        });
        expect({ side, interfaces, kept }).toEqual({ side, interfaces: ['lo', 'tctr-test'], kept: [] });
      }
    },
    limit,
  );

  test(
    'one in the background keeps it until its task is deleted',
    async () => {
      for (const side of sides) {
        const id = `${place.namespace}-d-${side}`;
        const { status, stdout, stderr, kept } = await withNetwork(
          place,
          side,
          `$ctr run -d --cni ${busybox()} ${id} sleep 600
          ls /var/lib/cni/networks/test /var/lib/cni/results
          $ctr task kill --signal KILL ${id}
          sleep 0.5
          $ctr task delete ${id} || :
          $ctr container delete ${id}`,
        );
        expect({ side, status, stderr }).toMatchObject({ side, status: 0 });
        expect(stdout.toString()).toMatch(/^10\.213\.0\.\d+$/m);
        expect(stdout.toString()).toContain(`${id}-eth0`);
        // ctr of some releases forgets to disconnect a task that it deletes.
        if (side === 'tctr') expect(kept).toEqual([]);
      }
    },
    limit,
  );

  test(
    'a plugin that is not there is named, and nothing stays',
    async () => {
      const before = await audit(daemon, place.namespace);
      const line = `$ctr run --rm --cni ${busybox()} ${place.namespace}-none true`;
      const { status, stderr, interfaces, kept } = await withNetwork(place, 'tctr', line, 'no-such-plugin');
      expect(status).toBe(1);
      expect(stderr).toMatch(/^tctr: [^\n]*no-such-plugin/m);
      expect({ interfaces, kept }).toEqual({ interfaces: ['lo'], kept: [] });
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test('no configuration is one clear line', async () => {
    const ran = await tctr(place, ['run', '--rm', '--cni', busybox(), `${place.namespace}-no`, 'true']);
    expect(ran.status).toBe(1);
    expect(ran.stderr).toContain('no network config found in /etc/cni/net.d');
  });
});

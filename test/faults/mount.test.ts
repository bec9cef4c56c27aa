import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, mountFolder, type Audit } from '../support/audit.js';
import {
  commandLine,
  ctr,
  endedBy,
  environment,
  randomNumbers,
  start,
  startProcess,
  tctr,
  twoAtATime,
  type Place,
} from '../support/faults.js';
import { unmountBelow } from '../support/compat/mounts.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';

const limit = 180_000;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
const rounds = Number(process.env['TCTR_SIGNAL_ROUNDS'] ?? 24);

describe.each(daemonRows())('image mount on containerd %s', (version, daemon) => {
  let place: Place;
  let before: Audit;
  let folder: string;

  beforeAll(async () => {
    place = await makePlace(daemon, 'mnt');
    // The audit looks for mounts below folders of this name.
    folder = mkdtempSync(mountFolder(place.namespace));
    before = await audit(daemon, place.namespace);
  }, limit);
  afterAll(async () => {
    unmountBelow(folder);
    await removePlace(place);
    rmSync(folder, { recursive: true });
  }, limit);

  let count = 0;
  const target = (): string => {
    const path = join(folder, String(count++));
    mkdirSync(path);
    return path;
  };
  const mounted = (path: string): number =>
    readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter((line) => line.split(' ')[4] === path).length;

  /** A folder for PATH whose mount(8) is a script; by sh, since no process here may hold it open for writing. */
  const fakeMount = async (script: string) => {
    const bin = mkdtempSync('/tmp/tctr-bin-');
    await startProcess('sh', ['-c', 'printf "%s" "$1" > "$0/mount"; chmod 755 "$0/mount"', bin, script])
      .ended;
    return { bin, remove: () => rmSync(bin, { recursive: true }) };
  };

  test.each([
    ['read-only', []],
    ['writable', ['--rw']],
  ])(
    'interrupted at random moments, %s',
    async (name, flags) => {
      const random = randomNumbers(
        [...`${name} ${version}`].reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7),
      );
      const plan = Array.from({ length: rounds }, (_, index) => ({
        signal: signals[index % signals.length]!,
        after: Math.round(150 + random() * 450),
      }));
      const endings = await twoAtATime(plan, async ({ signal, after }) => {
        const path = target();
        const running = start(place, ['image', 'mount', ...flags, busybox(), path], { deadline: 30_000 });
        await sleep(after);
        running.child.kill(signal);
        const { status, stderr } = await running.ended;
        return { signal, after, path, status, stderr };
      });
      // The next tctr, whatever it does, gives back what the killed ones held.
      expect((await tctr(place, ['version'])).status).toBe(0);
      const leases = (await ctr(place, 'leases', 'list', '--quiet')).split('\n');
      for (const { signal, after, path, status, stderr } of endings) {
        expect({ signal, after, status, stderr }).toEqual({
          signal,
          after,
          status: status === 0 ? 0 : endedBy(signal).find((known) => known === status),
          stderr: '',
        });
        // Too late is no fault: what is mounted then stays, with its lease, until it is taken away.
        const whole = status === 0 || (signal === 'SIGKILL' && leases.includes(path));
        expect({ signal, after, mounted: mounted(path) }).toEqual({ signal, after, mounted: whole ? 1 : 0 });
        if (whole) {
          expect((await tctr(place, ['image', 'unmount', '--rm', path])).status).toBe(0);
        }
      }
      expect(endings.map(({ path }) => mounted(path))).toEqual(endings.map(() => 0));
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'killed behind the mount, is taken back by the next one, and what was mounted before stays',
    async () => {
      const path = target();
      expect((await tctr(place, ['image', 'mount', '--rw', busybox(), path])).status).toBe(0);
      // mount(8) of this PATH mounts, and kills the tctr that asked for it.
      const { bin, remove } = await fakeMount(
        '#!/bin/sh\nPATH=/usr/sbin:/usr/bin:/sbin:/bin mount "$@" && kill -KILL $PPID\n',
      );
      const env = { PATH: `${bin}:/usr/sbin:/usr/bin:/sbin:/bin` };
      const other = target();
      for (const [where, flags, depth] of [
        [path, ['--rw'], 1],
        [other, [], 0],
      ] as const) {
        const { status } = await tctr(place, ['image', 'mount', ...flags, busybox(), where], { env });
        expect(status).toBe('SIGKILL');
        expect(mounted(where)).toBe(depth + 1);
        expect((await tctr(place, ['version'])).status).toBe(0);
        expect(mounted(where)).toBe(depth);
      }
      expect(await ctr(place, 'leases', 'list', '--quiet')).toBe(`${path}\n`);
      expect((await tctr(place, ['image', 'unmount', '--rm', path])).status).toBe(0);
      remove();
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'killed before the mount, which comes about all the same, is taken back by the next one',
    async () => {
      const { bin, remove } = await fakeMount(
        '#!/bin/sh\nPATH=/usr/sbin:/usr/bin:/sbin:/bin\nkill -KILL $PPID; sleep 2; mount "$@"\n',
      );
      const path = target();
      const env = { PATH: `${bin}:/usr/sbin:/usr/bin:/sbin:/bin` };
      expect((await tctr(place, ['image', 'mount', busybox(), path], { env })).status).toBe('SIGKILL');
      expect(mounted(path)).toBe(0);
      expect((await tctr(place, ['version'])).status).toBe(0);
      await sleep(3000);
      expect(mounted(path)).toBe(0);
      remove();
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'that mount(8) refuses leaves nothing, and says why',
    async () => {
      const { bin, remove } = await fakeMount(
        '#!/bin/sh\necho "mount: $9: the disk is on fire." >&2; exit 32\n',
      );
      const path = target();
      const ran = await tctr(place, ['image', 'mount', busybox(), path], {
        env: { PATH: `${bin}:/usr/bin:/bin` },
      });
      expect(ran.status).toBe(1);
      expect(ran.stderr).toMatch(/^tctr: cannot mount on \/tmp\/tctr-mount-[^\n]*the disk is on fire\n$/);
      remove();
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'cannot be taken away while someone works in it',
    async () => {
      const path = target();
      expect((await tctr(place, ['image', 'mount', busybox(), path])).status).toBe(0);
      const inside = startProcess('sh', ['-c', 'cd "$0" && echo in && exec sleep 60', path]);
      await new Promise((resolve) => inside.child.stdout!.once('data', resolve));
      const refused = await tctr(place, ['image', 'unmount', '--rm', path]);
      expect(refused.status).toBe(1);
      expect(refused.stderr).toBe(
        `tctr: failed to unmount target ${path}: device or resource busy (a process works in it: fuser -vm tells which)\n`,
      );
      expect(await ctr(place, 'leases', 'list', '--quiet')).toBe(`${path}\n`);
      inside.child.kill('SIGKILL');
      await inside.ended;
      expect((await tctr(place, ['image', 'unmount', '--rm', path])).status).toBe(0);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test(
    'snapshot diff ends at once when nobody reads and it is interrupted, and leaves nothing',
    async () => {
      const key = `${place.namespace}-diff`;
      const [path, mib] = [target(), 40];
      await ctr(place, 'snapshots', 'prepare', key);
      const command = (await ctr(place, 'snapshots', 'mounts', path, key)).trim();
      const fill = `${command} && dd if=/dev/urandom of="$0/big" bs=1M count=${mib} 2>/dev/null; umount "$0"`;
      expect((await startProcess('sh', ['-c', fill, path]).ended).status).toBe(0);
      const beforeDiff = await audit(daemon, place.namespace);
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGKILL'] as const) {
        const [file = '', ...args] = commandLine(place, ['snapshots', 'diff', key]);
        // A pipe that nobody reads from.
        const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'], env: environment });
        await sleep(4_000);
        const asked = Date.now();
        child.kill(signal);
        const [code, by] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
        child.stdout.destroy();
        expect(endedBy(signal)).toContain(code ?? by);
        expect(Date.now() - asked).toBeLessThan(10_000);
      }
      expect((await tctr(place, ['version'])).status).toBe(0);
      expect(await leftovers(place, beforeDiff)).toEqual({});
      const whole = await tctr(place, ['snapshots', 'diff', key]);
      expect(whole.status).toBe(0);
      expect(whole.stdout.length).toBeGreaterThan(mib * 2 ** 20);
      expect(await leftovers(place, beforeDiff)).toEqual({});
      await ctr(place, 'snapshots', 'rm', key);
    },
    limit,
  );
});

import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dockerArchive, ociArchive } from '../support/archive.js';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { ctr, endedBy, start, tctr, type Ended, type Place } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { hostile, hostileHere, strayMembers, type Hostile } from '../support/hostile-archives.js';

const limit = 120_000;
const image = 'docker.io/library/whole:1';

describe.each(daemonRows())('archives, on containerd %s', (version, daemon) => {
  let place: Place;
  let before: Audit;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    place = await makePlace(daemon, 'arch', { empty: true });
    before = await audit(daemon, place.namespace);
    folder = mkdtempSync(join(tmpdir(), 'tctr-archives-'));
    file = join(folder, 'in.tar');
  }, limit);
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await removePlace(place);
  }, limit);

  const importing = (bytes: Uint8Array, ...flags: readonly string[]): Promise<Ended> => {
    writeFileSync(file, bytes);
    return tctr(place, ['image', 'import', ...flags, file]);
  };
  const failsCleanly = async (ran: Ended, says: RegExp): Promise<void> => {
    expect(ran.stderr).toMatch(/^tctr: [^\x00-\x1f\x7f-\x9f\u202a-\u202e]+\n$/);
    expect(ran.stderr).toMatch(says);
    expect(ran.stderr).not.toMatch(/internal error/);
    expect(ran.status).toBe(1);
    expect(await leftovers(place, before)).toEqual({});
  };
  const row = ([name, bytes, says]: Hostile) => [name, bytes, says] as const;

  test.each([...hostile, ...hostileHere].map(row))(
    'import: %s',
    async (name, bytes, says) => {
      await failsCleanly(await importing(bytes(`${version} ${name}`), '--local'), says);
    },
    limit,
  );

  if (version === '2.1') {
    test.each(hostile.map(row))(
      'import by the daemon: %s',
      async (name, bytes) => {
        await failsCleanly(await importing(bytes(`there ${name}`)), /./);
      },
      limit,
    );
  }

  const flags = version === '2.1' ? [['--local'], []] : [['--local']];

  test.each(flags.map((each) => [each]))(
    'import passes over members that lead out of the archive, or are no files: %j',
    async (each) => {
      const bytes = dockerArchive({ text: `stray ${version}`, tags: [image], more: strayMembers });
      const ran = await importing(bytes, ...each);
      expect(ran.stderr).toBe('');
      expect(ran.status).toBe(0);
      expect(existsSync('/tmp/tctr-stray')).toBe(false);
      expect(await ctr(place, 'images', 'list', '--quiet')).toContain(image);
      await ctr(place, 'images', 'delete', '--sync', image);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  test.each(flags.map((each) => [each]))(
    'import of a compressed archive, and of one without an end mark: %j',
    async (each) => {
      const whole = ociArchive({ text: `gzip ${version}`, name: image });
      for (const bytes of [gzipSync(whole), whole.subarray(0, -1024)]) {
        const ran = await importing(bytes, ...each);
        expect(ran.stderr).toBe('');
        expect(ran.status).toBe(0);
        await ctr(place, 'images', 'delete', '--sync', image);
        expect(await leftovers(place, before)).toEqual({});
      }
    },
    limit,
  );

  test.each(
    flags.flatMap((each) => (['SIGINT', 'SIGTERM'] as const).map((signal) => [each, signal] as const)),
  )(
    'import that is interrupted in the middle: %j %s',
    async (each, signal) => {
      const whole = ociArchive({ text: `cut ${version}`, name: image });
      const running = start(place, ['image', 'import', ...each, '-']);
      running.child.stdin?.write(whole.subarray(0, 3000));
      await sleep(1500);
      running.child.kill(signal);
      const ended = await running.ended;
      expect(endedBy(signal)).toContain(ended.status);
      expect(ended.stderr).not.toMatch(/internal error/);
      expect(await leftovers(place, before)).toEqual({});
    },
    limit,
  );

  describe('export', () => {
    let there: Place;
    let then: Audit;

    beforeAll(async () => {
      there = await makePlace(daemon, 'archout');
      then = await audit(daemon, there.namespace);
    }, limit);
    afterAll(() => removePlace(there), limit);

    test.each(flags.map((each) => [each]))(
      'onto a full disk: %j',
      async (each) => {
        const ran = await tctr(there, ['image', 'export', ...each, '/dev/full', busybox()]);
        expect(ran.stderr).toBe('tctr: write /dev/full: no space left on device\n');
        expect(ran.status).toBe(1);
        expect(await leftovers(there, then)).toEqual({});
      },
      limit,
    );

    test.each(flags.map((each) => [each]))(
      'of what is not there leaves the file as it was: %j',
      async (each) => {
        const out = join(folder, 'kept.tar');
        writeFileSync(out, 'kept');
        const listed = readdirSync(folder);
        const ran = await tctr(there, ['image', 'export', ...each, out, busybox(), 'nope']);
        expect(ran.stderr).toBe('tctr: image "nope": not found\n');
        expect(ran.status).toBe(1);
        expect(readFileSync(out, 'utf8')).toBe('kept');
        expect(readdirSync(folder)).toEqual(listed);
        expect(await leftovers(there, then)).toEqual({});
      },
      limit,
    );

    test.each(flags.map((each) => [each]))(
      'whose reader goes: %j',
      async (each) => {
        const running = start(there, ['image', 'export', ...each, '-', busybox()]);
        running.child.stdout?.once('data', () => running.child.stdout?.destroy());
        const { status, stderr } = await running.ended.catch(() => ({ status: 'ended', stderr: '' }));
        expect([141, 'SIGPIPE', 'ended']).toContain(status);
        expect(stderr).toBe('');
        expect(await leftovers(there, then)).toEqual({});
      },
      limit,
    );

    test.each(flags.map((each) => [each]))(
      'that is interrupted while nobody reads: %j',
      async (each) => {
        const fifo = join(folder, `out-${each.length}`);
        execFileSync('mkfifo', [fifo]);
        const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
        const running = start(there, ['image', 'export', ...each, fifo, busybox()]);
        await sleep(1500);
        running.child.kill('SIGINT');
        const { status, stderr } = await running.ended;
        closeSync(reader);
        expect(endedBy('SIGINT')).toContain(status);
        expect(stderr).toBe('');
        expect(await leftovers(there, then)).toEqual({});
      },
      limit,
    );
  });
});

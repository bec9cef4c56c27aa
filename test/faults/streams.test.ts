import { createHash } from 'node:crypto';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, leftovers, type Audit } from '../support/audit.js';
import { commandLine, start, startProcess, tctr, twoAtATime, type Place } from '../support/faults.js';
import { busybox, daemonRows, makePlace, removePlace } from '../support/faults-place.js';
import { quoted } from '../support/pty.js';

const limit = 120_000;

describe.each(daemonRows())('standard streams on containerd %s', (version, daemon) => {
  let place: Place;
  let before: Audit;
  let count = 0;

  beforeAll(async () => {
    place = await makePlace(daemon, 'io');
    before = await audit(daemon, place.namespace);
  }, limit);
  afterAll(() => removePlace(place), limit);

  const words = (...command: readonly string[]) => [
    'run',
    '--rm',
    busybox(),
    `${place.namespace}-${count++}`,
    ...command,
  ];
  // bash: a stdin that is a socket, as Node.js's pipes are, is taken for a remote login, whose ~/.bashrc is read.
  const shell = (redirected: string, ...command: readonly string[]) => {
    const line = redirected.replace('@', () => quoted(commandLine(place, words(...command))));
    return startProcess('bash', ['--norc', '-c', line]).ended;
  };
  const nothingLeft = async () => expect(await leftovers(place, before)).toEqual({});

  test(
    'the end of stdin reaches the process, every time',
    async () => {
      const ran = await twoAtATime(Array.from({ length: 20 }), () => shell('echo hi | @', 'cat'));
      expect(ran.map(({ status, stdout, stderr }) => [status, stdout.toString(), stderr])).toEqual(
        ran.map(() => [0, 'hi\n', '']),
      );
      await nothingLeft();
    },
    limit,
  );

  test.each(['@ </dev/null', '@ <&-', ': | @'])(
    'no stdin: %s',
    async (redirected) => {
      const { status, stdout, stderr } = await shell(redirected, 'wc', '-c');
      expect([status, stdout.toString().trim(), stderr]).toEqual([0, '0', '']);
      await nothingLeft();
    },
    limit,
  );

  test(
    'a reader that goes away ends the run with 141',
    async () => {
      const { status, stdout, stderr } = await shell('@ | head -1; exit ${PIPESTATUS[0]}', 'yes');
      expect([status, stdout.toString(), stderr]).toEqual([141, 'y\n', '']);
      await nothingLeft();
    },
    limit,
  );

  test(
    'a full disk under stdout is told, with status 1',
    async () => {
      const { status, stderr } = await shell('@ >/dev/full', 'echo', 'lost');
      expect(stderr).toMatch(/^tctr: [^\n]*ENOSPC[^\n]*\n$/);
      expect(status).toBe(1);
      await nothingLeft();
    },
    limit,
  );

  test(
    '200 MB arrive whole, in little memory',
    async () => {
      const command = 'head -c 200000000 /dev/zero | tr "\\0" "x"';
      const running = start(place, words('sh', '-c', command), { stdio: ['ignore', 'pipe', 'pipe'] });
      const hash = createHash('sha256');
      let [bytes, peak] = [0, 0];
      running.child.stdout!.on('data', (chunk: Buffer) => {
        hash.update(chunk);
        bytes += chunk.length;
        if (bytes % (16 << 20) < chunk.length) peak = Math.max(peak, peakMemory(running.pid));
      });
      expect((await running.ended).status).toBe(0);
      expect(bytes).toBe(200_000_000);
      const expected = createHash('sha256');
      for (let at = 0; at < 200; at++) expected.update(Buffer.alloc(1_000_000, 'x'));
      expect(hash.digest('hex')).toBe(expected.digest('hex'));
      expect(peak).toBeGreaterThan(0);
      expect(peak).toBeLessThan(120);
      await nothingLeft();
    },
    limit,
  );

  (version === '2.1' ? test : (..._elsewhere: unknown[]) => undefined)(
    '2 GB do not need more memory than 200 MB',
    async () => {
      const running = start(place, words('dd', 'if=/dev/zero', 'bs=1M', 'count=2000', 'status=none'), {
        stdio: ['ignore', openSync('/dev/null', 'w'), 'pipe'],
        deadline: 100_000,
      });
      let [peak, ended] = [0, false];
      void running.ended.then(() => (ended = true));
      while (!ended) {
        peak = Math.max(peak, peakMemory(running.pid));
        await sleep(100);
      }
      expect((await running.ended).status).toBe(0);
      expect(peak).toBeLessThan(120);
      await nothingLeft();
    },
    limit,
  );

  test(
    'what a process writes to stderr stays apart',
    async () => {
      const ran = await tctr(place, words('sh', '-c', 'echo out; echo err >&2; exit 3'));
      expect([ran.status, ran.stdout.toString(), ran.stderr]).toEqual([3, 'out\n', 'err\n']);
      await nothingLeft();
    },
    limit,
  );
});

/** MB that a process has used at most so far; 0 once it has gone. */
function peakMemory(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

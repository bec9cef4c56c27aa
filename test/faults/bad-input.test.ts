import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { audit, changes, type Audit } from '../support/audit.js';
import { commandLine, startProcess, tctr, twoAtATime, type Place } from '../support/faults.js';
import { busybox, makePlace, removePlace } from '../support/faults-place.js';
import { lab } from '../support/lab.js';
import { badLines, badAddresses } from '../support/faults-bad-input.js';

const limit = 180_000;
const daemon = lab().daemons.at(-1)!;

describe('bad input: one line that names the culprit, status 1, and nothing changes', () => {
  let place: Place;
  let before: Audit;
  let folder: string;
  let silent: Server;

  beforeAll(async () => {
    place = await makePlace(daemon, 'bad');
    before = await audit(daemon, place.namespace);
    folder = mkdtempSync(join(tmpdir(), 'tctr-bad-'));
    writeFileSync(join(folder, 'file'), 'no socket\n');
    writeFileSync(join(folder, 'bad.env'), '=x\n');
    writeFileSync(join(folder, 'not.json'), '{"ociVersion": ');
    writeFileSync(join(folder, 'closed'), 'secret', { mode: 0o600 });
    chmodSync(folder, 0o755);
    silent = createServer(() => undefined).listen(join(folder, 'silent.sock'));
  }, limit);
  afterAll(async () => {
    silent.close();
    rmSync(folder, { recursive: true });
    await removePlace(place);
  }, limit);

  let count = 0;
  const expand = (word: string): string =>
    word
      .replaceAll('{image}', busybox())
      .replaceAll('{id}', () => `${place.namespace}-${count++}`)
      .replaceAll('{dir}', folder);

  test.each(Object.entries(badLines))(
    '%s',
    async (_group, lines) => {
      const seen = await twoAtATime(lines, async ([words, culprit, status = 1]) => {
        const ran = await tctr(place, words.map(expand), { deadline: 20_000 });
        const rows = ran.stderr.split('\n').filter((row) => row !== '');
        return {
          words,
          status: ran.status,
          rows: rows.length,
          named: rows.join(' ').includes(expand(culprit)) ? culprit : rows.join('\n'),
          printable: !/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]/.test(ran.stderr),
          internal: /internal error|\.cjs|at async/.test(ran.stderr),
          expected: status,
        };
      });
      const wanted = lines.map(([words, culprit, status = 1]) => ({
        words,
        status,
        rows: 1,
        named: culprit,
        printable: true,
        internal: false,
        expected: status,
      }));
      const wrong = seen.filter((row, index) => JSON.stringify(row) !== JSON.stringify(wanted[index]));
      expect(wrong).toEqual([]);
      expect(changes(before, await audit(daemon, place.namespace))).toEqual({});
    },
    limit,
  );

  test.each(badAddresses)(
    'the address %s',
    async (address, culprit) => {
      const ran = await tctr(place, ['images', 'list'], { address: expand(address), deadline: 20_000 });
      expect(ran.stderr).toMatch(/^tctr: [^\n]*\n$/);
      expect(ran.stderr).toContain(expand(culprit));
      expect(ran.status).toBe(1);
    },
    limit,
  );

  test(
    'a socket that one may not open',
    async () => {
      const words = commandLine(place, ['images', 'list']);
      const ran = await startProcess('setpriv', [
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        '--',
        ...words,
      ]).ended;
      expect(ran.stderr).toMatch(/^tctr: [^\n]*permission denied[^\n]*run as root[^\n]*\n$/);
      expect(ran.status).toBe(1);
    },
    limit,
  );

  test(
    'a socket on which nobody answers is given up after --connect-timeout',
    async () => {
      const began = Date.now();
      const line = commandLine(place, ['images', 'list'], join(folder, 'silent.sock'));
      const at = line.indexOf('--address');
      const ran = await startProcess(line[0]!, [
        ...line.slice(1, at),
        '--connect-timeout',
        '1s',
        ...line.slice(at),
      ]).ended;
      expect(ran.stderr).toMatch(/^tctr: [^\n]*silent\.sock[^\n]*\n$/);
      expect(ran.status).toBe(1);
      expect(Date.now() - began).toBeLessThan(5_000);
    },
    limit,
  );

  test('there are many', () => {
    expect(Object.values(badLines).flat().length + badAddresses.length).toBeGreaterThanOrEqual(150);
  });
});

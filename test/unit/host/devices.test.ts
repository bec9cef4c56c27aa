import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { devicesAt, hostDevices } from '../../../src/host/devices.js';

const asRoot = process.getuid?.() === 0 ? test : test.skip;

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tctr-test-devices-'));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

test('a single node', () => {
  expect(devicesAt('/dev/null')).toEqual([
    { path: '/dev/null', type: 'c', major: 1n, minor: 3n, fileMode: 0o666, uid: 0, gid: 0 },
  ]);
});

asRoot('a tree: sorted by bytes, without links, files, FIFOs, console and the mounts of the host', () => {
  for (const name of ['b', 'pts', 'shm', '.udev']) {
    mkdirSync(join(base, name));
    execFileSync('mknod', [join(base, name, 'x'), 'c', '1', '5']);
  }
  for (const name of ['console', 'a', 'B'])
    execFileSync('mknod', ['-m', '600', join(base, name), 'b', '259', '70000']);
  execFileSync('mkfifo', [join(base, 'fifo')]);
  writeFileSync(join(base, 'file'), '');
  symlinkSync('a', join(base, 'link'));
  const block = { type: 'b', major: 259n, minor: 70_000n, fileMode: 0o600, uid: 0, gid: 0 };
  expect(devicesAt(base)).toEqual([
    { path: join(base, 'B'), ...block },
    { path: join(base, 'a'), ...block },
    { path: join(base, 'b/x'), type: 'c', major: 1n, minor: 5n, fileMode: 0o644, uid: 0, gid: 0 },
  ]);
});

test("ctr's error texts", () => {
  expect(() => devicesAt('/nope')).toThrow(
    expect.objectContaining({
      kind: 'not found',
      message: 'error stating device path: stat /nope: no such file or directory',
    }),
  );
  const file = join(base, 'file');
  writeFileSync(file, '');
  expect(() => devicesAt(file)).toThrow(
    `get device path: "${file}" containerPath: "" error: not a device node`,
  );
  expect(() => devicesAt(`${file}/x`)).toThrow(`error stating device path: stat ${file}/x: not a directory`);
});

test('the host has its null and no pts', () => {
  const paths = hostDevices().map(({ path }) => path);
  expect(paths).toContain('/dev/null');
  expect(paths.filter((path) => path.startsWith('/dev/pts/') || path === '/dev/console')).toEqual([]);
  expect(paths).toEqual(
    paths.toSorted((a, b) =>
      Buffer.compare(Buffer.from(a.replaceAll('/', '\0')), Buffer.from(b.replaceAll('/', '\0'))),
    ),
  );
});
